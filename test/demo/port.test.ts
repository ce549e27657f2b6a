import { createServer } from "node:http";
import { expect } from "chai";
import { freePort, requireFreePort } from "../../demo/local/port.ts";
import { portFrom } from "../../scripts/port.ts";

describe("a port to listen on", () => {
  it("is reported with who has it and which variable moves it", async () => {
    const port = await freePort();
    const server = createServer().listen(port, "127.0.0.1");
    const failure = await requireFreePort(port, { en: "local chain", zh: "本地链" }, "DUJIANG_RPC_PORT").catch(
      (error: Error) => error,
    );
    server.close();
    expect(failure).to.be.instanceOf(Error);
    const { message } = failure as Error;
    expect(message).to.include(`Port ${port}, where the local chain is to listen, is taken by`);
    expect(message).to.include("set DUJIANG_RPC_PORT to another port");
    if (process.platform === "linux") expect(message).to.include(`(process ${process.pid})`);
  });

  it("is fine when nobody has it", async () => {
    await requireFreePort(await freePort(), { en: "local chain", zh: "本地链" }, "DUJIANG_RPC_PORT");
  });

  it("comes from its variable, which must be a port", () => {
    process.env.DUJIANG_TEST_PORT = "9000";
    expect(portFrom("DUJIANG_TEST_PORT", 1)).to.equal(9000);
    process.env.DUJIANG_TEST_PORT = "http";
    expect(() => portFrom("DUJIANG_TEST_PORT", 1)).to.throw('DUJIANG_TEST_PORT is "http"');
    delete process.env.DUJIANG_TEST_PORT;
    expect(portFrom("DUJIANG_TEST_PORT", 1)).to.equal(1);
  });
});
