import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { LocalChain } from "../../../demo/local/chain.ts";
import { deployPlatform } from "../../../scripts/deploy/deployPlatform.ts";
import { parseDay, startOfDay } from "../../../sdk/types/time.ts";
import { runScript } from "../../utils/runScript.ts";

describe("npm run books", () => {
  const scratch = mkdtempSync(join(tmpdir(), "dujiang-books-"));
  const out = join(scratch, "export");
  let chain: LocalChain;

  before(async () => {
    chain = await LocalChain.start({ startsAt: startOfDay(parseDay("2026-10-01")) + 36_000, port: "any" });
    await deployPlatform({ network: "local", localUrl: chain.url, folder: scratch });
  });
  after(async () => {
    await chain.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  const books = (...args: string[]) => runScript("books.ts", chain.url, args);

  it("reconciles a statement, and says by its exit code whether it agrees", async () => {
    const statement = join(scratch, "statement.csv");
    const reconcile = ["reconcile", "--network", "local", "--folder", scratch];
    const ofBank = (bank: string, file = statement) => books(...reconcile, "--bank", bank, "--statement", file);
    writeFileSync(statement, "reference,kind,amount\n");
    expect(await ofBank("3")).to.deep.equal({
      code: 0,
      output: "0 bookings agree, 0 differences; the position of bank 3 is 0.00 元.\n",
    });
    writeFileSync(statement, "reference,kind,amount\nwire,issued,12.50\n");
    const { code, output } = await ofBank("3");
    expect(code).to.equal(1);
    expect(output).to.match(
      /12\.50 元 issued on the statement, but not on chain\.\n.*comes to 12\.50 元\.\n0 bookings/,
    );
    const nowhere = await ofBank("3", join(scratch, "none.csv"));
    expect(nowhere).to.deep.include({ code: 1 });
    expect(nowhere.output).to.match(/none\.csv cannot be read \(ENOENT\)/);
    expect((await ofBank("2")).output).to.match(/Participant 2 is no settlement bank: name one of 3, 4\./);
    expect((await ofBank("ICBC")).output).to.match(/"ICBC" is no participant/);
  });

  it("exports a period, never over a folder that exists, and checks an export", async () => {
    const args = ["export", "--network", "local", "--folder", scratch, "--from", "2026-10-01", "--to", "2026-10-01"];
    const first = await books(...args, "--out", out);
    expect(first.output).to.match(/^\d+ entries in .*; the last hash is [0-9a-f]{64}\.\n$/);
    expect((await books(...args, "--out", out)).code).to.equal(1);
    const checked = await books("check", out);
    expect(checked.code, checked.output).to.equal(0);

    const file = join(out, "entries.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/"block": "\d+"/, '"block": "9"'));
    const { code, output } = await books("check", out);
    expect({ code, output }).to.deep.equal({
      code: 1,
      output: "Entry 1 is not as it was exported, or one is missing.\n",
    });
    writeFileSync(file, text);
    writeFileSync(join(out, "entries.csv"), "number\r\n");
    expect((await books("check", out)).output).to.match(/entries\.csv does not say/);
  });
});
