import { expect } from "chai";
import { Hono } from "hono";
import { refuseSql, requireKey } from "../../indexer/src/api/sql.ts";

describe("SQL of the index", () => {
  it("is off without a key, and where no statement can be ended", () => {
    expect(refuseSql(undefined, true)).to.match(/DUJIANG_SQL_KEY switches it on/);
    expect(refuseSql("", true)).to.match(/DUJIANG_SQL_KEY switches it on/);
    expect(refuseSql("key", false)).to.match(/^SQL needs Postgres/);
    expect(refuseSql("key", true)).to.equal(undefined);
  });

  it("is for who gives the key, in a header or in the address", async () => {
    const app = new Hono().use("/sql/*", requireKey("right")).get("/sql/db", (c) => c.text("rows"));
    const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
    expect(await (await app.request("/sql/db", bearer("right"))).text()).to.equal("rows");
    expect(await (await app.request("/sql/db?key=right")).text()).to.equal("rows");
    for (const refused of [
      app.request("/sql/db"),
      app.request("/sql/db?key=wrong"),
      app.request("/sql/db", bearer("rightly")),
    ]) {
      const { status, headers } = await refused;
      expect([status, headers.get("www-authenticate")]).to.deep.equal([401, "Bearer"]);
    }
  });
});
