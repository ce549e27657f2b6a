import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { DrizzleQueryError } from "drizzle-orm";
import { throwawayFolder } from "../../../demo/local/throwaway.ts";
import { createLog } from "../../../operator/common/log.ts";

describe("the service's log", () => {
  it("has no parameters of queries in it, no matter who reports a failed one", async () => {
    const folder = throwawayFolder("log");
    const file = join(folder.path, "log");
    const log = createLog("info", file);
    const error = new DrizzleQueryError("insert $1", ["0x5ec4e7\n0x5ec4e7"], new Error("away"));
    log.warn({ reason: error.message }, "tried again");
    log.error({ error }, "not foreseen");
    let lines = "";
    while (lines.split("\n").length < 3) {
      await setTimeout(5);
      lines = readFileSync(file, "utf8");
    }
    folder.remove();
    expect(lines).to.include('"reason":"Failed query: insert $1"').and.to.include('"error":"Error: away');
    expect(lines).not.to.include("5ec4e7");
  });
});
