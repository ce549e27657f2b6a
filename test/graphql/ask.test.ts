import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { askIndex, IndexError, tradeById } from "../../sdk/index.ts";

/** What asking a server comes to; what the index itself answers and refuses is asked of a running one in test/indexer. */
async function refusalOf(answer: RequestListener): Promise<IndexError> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  try {
    await askIndex({ url, language: "zh" }, tradeById, { id: 1n });
  } catch (error) {
    expect(error).to.be.instanceOf(IndexError);
    return error as IndexError;
  } finally {
    server.close();
  }
  throw new Error("It was answered.");
}

describe("askIndex", () => {
  it("says in both languages that a proxy answered, and with what", async () => {
    const refusal = await refusalOf((_, response) => response.writeHead(502).end("<html>Bad Gateway</html>"));
    expect(refusal.status).to.equal(502);
    expect(refusal.sentences.en).to.match(/^What answers at http:\S+ says 502 and is not the index: check /);
    expect(refusal.message)
      .to.equal(refusal.sentences.zh)
      .and.to.match(/返回 502，并非索引/);
  });

  it("takes JSON of something else for no answer of the index", async () => {
    const refusal = await refusalOf((_, response) => response.end('{"status":"ok"}'));
    expect(refusal.sentences.en).to.include("is not the index");
  });

  it("says in both languages that nobody answers", async () => {
    const refusal = await refusalOf((request) => request.socket.destroy());
    expect(refusal.status).to.equal(0);
    expect(refusal.sentences.en).to.match(/does not answer: check the address and the network/);
    expect(refusal.message).to.include("没有应答");
  });
});
