import { expect } from "chai";
import { DrizzleQueryError } from "drizzle-orm";
import { RpcRequestError } from "viem";
import { describeError } from "../../../operator/common/describeError.ts";

const SECRET = "0x5ec4e7";

describe("what a log says of an error", () => {
  it("is what the database said, without the parameters of the query", () => {
    const cause = Object.assign(new Error("relation orders does not exist"), { code: "42P01" });
    const text = describeError(new DrizzleQueryError("insert $1", [`${SECRET}\n    at ${SECRET}`], cause));
    expect(text).to.match(/^Error 42P01: relation orders does not exist\n\s+at .*describeError\.test\.ts/);
    expect(text).not.to.include(SECRET);
  });

  it("is what a node's answer meant, without its address", () => {
    const error = { code: -32_000, message: "no" };
    const text = describeError(new RpcRequestError({ body: {}, error, url: `https://node.example/${SECRET}` }));
    expect(text).to.match(/^RpcRequestError: RPC Request failed\.\n\s+at /);
    expect(text).not.to.include(SECRET);
  });

  it("is name, message and place of any other", () => {
    expect(describeError(new TypeError("x is undefined"))).to.match(/^TypeError: x is undefined\n\s+at /);
    expect(describeError(SECRET)).to.equal("something was thrown that is not an error but a string");
  });
});
