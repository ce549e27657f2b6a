import { expect } from "chai";
import { createClient, http } from "viem";
import { estimateGas, sendRawTransaction } from "viem/actions";
import { nodeMessage } from "../../../operator/sending/nodeMessage.ts";
import { serveNode } from "../utils/node.ts";

describe("what a node said", () => {
  it("is found behind a library's words, over HTTP too", async () => {
    const messages = ["Known transaction", "Nonce too low", "Transaction gas limit cap exceeded"];
    for (const message of messages) {
      const node = await serveNode((async () => {
        throw Object.assign(new Error(message), { code: -32_000 });
      }) as never);
      const client = createClient({ transport: http(node.url, { retryCount: 0 }) });
      for (const ask of [
        () => sendRawTransaction(client, { serializedTransaction: "0x02" }),
        () => estimateGas(client, { to: `0x${"1".repeat(40)}` }),
      ]) {
        const error = await ask().catch((error: unknown) => error);
        expect(nodeMessage(error)).to.equal(message);
      }
      await node.close();
    }
  });

  it("is nothing where nobody said anything", () => {
    for (const error of [undefined, null, 7, {}, { cause: {} }]) expect(nodeMessage(error)).to.equal("");
    expect(nodeMessage(new Error("outer", { cause: new Error("inner") }))).to.equal("inner");
  });
});
