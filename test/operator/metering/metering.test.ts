import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { asc, eq } from "drizzle-orm";
import { id as keccakOf } from "ethers";
import type { Hex } from "viem";
import { getBlock, getBlockNumber } from "viem/actions";
import { ChainClock } from "../../../operator/chain/clock.ts";
import { createLog } from "../../../operator/common/log.ts";
import { Metrics } from "../../../operator/common/metrics.ts";
import type { Database } from "../../../operator/db/database.ts";
import { addApiKey } from "../../../operator/gateway/apiKeys.ts";
import type { BatchFormat } from "../../../operator/metering/batch.ts";
import { MeterFolder } from "../../../operator/metering/folder.ts";
import { MeterIntake } from "../../../operator/metering/intake.ts";
import { createReporter } from "../../../operator/metering/reporting.ts";
import { meterBatches } from "../../../operator/metering/tables.ts";
import { openMetering } from "../../../operator/metering/trade.ts";
import { nextBatch, writeDone } from "../../../operator/tasks/list.ts";
import { tasks } from "../../../operator/tasks/tables.ts";
import {
  type Curve,
  curve,
  type Day,
  dayOf,
  formatDay,
  NO_NEXT_TRADER,
  type Platform,
  readCorrections,
  readMeterDay,
  SLOTS,
  startOfDay,
} from "../../../sdk/index.ts";
import { type Member, TestMarket } from "../../utils/market.ts";
import { openTables, overBothDatabases } from "../utils/databases.ts";
import { Desk } from "../utils/desk.ts";
import { Life } from "../utils/mortal.ts";

/** CI kills at one of so many questions; see operator/README.md for every one. */
const KILL_EVERY = process.env.DUJIANG_OPERATOR_KILLS === undefined ? 4 : 1;
/** 20 MW for a quarter of an hour and a tenth. */
const LIMIT_KWH = 5_500;
const HEADER = `meter,date,${Array.from({ length: SLOTS }, (_, slot) => `P${slot + 1}`).join(",")}`;
const log = createLog("silent");

const level = (kWh: number | string) => Array.from({ length: SLOTS }, () => String(kWh));
const levelCurve = (wh: number) => curve(level(wh).map(Number));
const line = (meter: string, date: string, values: readonly string[]) => [meter, date, ...values].join(",");
const file = (...lines: string[]) => `${[HEADER, ...lines].join("\n")}\n`;
const json = (meter: string, date: string, kWh: readonly unknown[], more = {}) => ({ meter, date, kWh, ...more });

describe("metering intake", function () {
  this.timeout(300_000);

  overBothDatabases("readings", (opened) => {
    let market: TestMarket;
    /** Its asset number is "meter 1". */
    let plant: Member;
    /** Its asset number is "meter 2". */
    let factory: Member;
    let day: Day;
    let date: string;
    let folder: string;

    before(async () => {
      market = await TestMarket.create();
      plant = await market.generator("solarPlant");
      factory = await market.consumer("factory");
    });
    beforeEach(async () => {
      day = await pastDay();
      date = formatDay(day);
      folder = mkdtempSync(join(tmpdir(), "dujiang-readings-"));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("report what a CSV says, once, however often it comes", async () => {
      const bytes = file(line("meter 1", date, level("166.6665")), line("meter 2", date, level(1)));
      const [first, second] = [await take(bytes), await take(bytes)];
      expect([isNew(first), isNew(second)]).to.deep.equal([true, false]);
      await quiet();
      // 166.6665 kWh is half a Wh above 166,666 Wh.
      expect(await onChain(plant)).to.deep.equal({ state: "Reported", version: 1, curve: levelCurve(166_667) });
      expect(await onChain(factory)).to.deep.equal({ state: "Reported", version: 1, curve: levelCurve(1_000) });
      await take(bytes);
      await quiet();
      expect((await onChain(plant)).version).to.equal(1);
      expect(await notes()).to.deep.equal(["The chain has this reading.", "The chain has this reading."]);
    });

    it("are read from what metering systems write: line breaks of Windows, a mark of the encoding, Chinese headings", async () => {
      const heading = HEADER.replace("meter,date", "\uFEFF资产编号,日期").concat(",数据质量");
      await take([heading, `"meter 1",${date},${level(2).join(",")},估算`, ""].join("\r\n"));
      await quiet();
      const { inForce } = await readMeterDay(market.platform, plant.meter, day);
      expect([inForce?.quality, inForce?.curve]).to.deep.equal(["Estimated", levelCurve(2_000)]);
    });

    it("are read in the encoding they are written in, and what was assumed is said", async () => {
      // 资产编号 (asset number) in GBK.
      const asset = Buffer.from([0xd7, 0xca, 0xb2, 0xfa, 0xb1, 0xe0, 0xba, 0xc5]);
      const rest = `${HEADER.slice("meter".length)},\n${line("meter 1", date, [...level(".5"), ""])}\n`;
      const written: [Uint8Array, string | null][] = [
        [Buffer.concat([asset, Buffer.from(rest)]), "The file does not say how it is written and was read as gb18030."],
        [Buffer.from(`\ufeff资产编号${rest}`.replaceAll("\n", "\r"), "utf16le"), null],
      ];
      for (const [bytes, assumed] of written) {
        await take(bytes);
        await quiet();
        expect((await onChain(plant)).curve).to.deep.equal(levelCurve(500));
        const batches = await opened().db.select().from(meterBatches);
        expect(batches.map((batch) => batch.assumed?.en ?? null)).to.include(assumed);
      }
    });

    it("come as JSON with the same meaning", async () => {
      const readings = [
        json("meter 1", date, ["0.1", 0.2, 3e-3, ".5", "＋．５", ...level(4).slice(5)], { quality: "estimated" }),
      ];
      await take(JSON.stringify({ readings }), "json");
      await quiet();
      const { inForce } = await readMeterDay(market.platform, plant.meter, day);
      expect(inForce?.curve.slice(0, 6)).to.deep.equal([100, 200, 3, 500, 500, 4_000]);
      expect(inForce?.quality).to.equal("Estimated");
    });

    it("of another curve are reported again until the day is final, and corrected afterwards", async () => {
      await take(file(line("meter 1", date, level(3))));
      await quiet();
      await take(file(line("meter 1", date, level(4))));
      await quiet();
      expect(await onChain(plant)).to.deep.equal({ state: "Reported", version: 2, curve: levelCurve(4_000) });
      await market.finalise(plant.meter, day);
      await take(JSON.stringify({ readings: [json("meter 1", date, level(4))] }), "json");
      await quiet();
      expect((await readCorrections(market.platform, plant.meter, day)).all).to.deep.equal([]);
      for (const kWh of [5, 6]) {
        await take(file(line("meter 1", date, level(kWh))));
        await quiet();
        const { inForce } = await readCorrections(market.platform, plant.meter, day);
        expect(inForce?.curve).to.deep.equal(levelCurve(kWh * 1_000));
      }
      expect((await onChain(plant)).curve).to.deep.equal(levelCurve(4_000));
    });

    it("that come while the one before is being closed go on to the chain", async () => {
      await take(file(line("meter 1", date, level(3))));
      const [looked] = await nextBatch(opened().db, "report", await chainTime(), 1);
      await take(file(line("meter 1", date, level(4))));
      await writeDone(opened().db, looked!, "The chain has this reading.");
      expect(await waiting()).to.deep.equal(["report"]);
      await quiet();
      expect((await onChain(plant)).curve).to.deep.equal(levelCurve(4_000));
    });

    it("of neighbours go under one root, and leave it for a word of their own where another version comes", async () => {
      const plants = [plant];
      while (plants.length < 6) plants.push(await market.withAnotherPlant(plant));
      const lines = (kWh: number, some: readonly Member[]) =>
        some.map(({ meter }, index) => line(`meter ${meter}`, date, level(kWh + index)));
      await take(file(...lines(10, plants.slice(0, 5)), line("meter 2", formatDay(day - 1), level(3))));
      await quiet();
      const rootOf = async ({ meter }: Member) => (await readMeterDay(market.platform, meter, day)).underRoot?.root;
      const [root, ...others] = await Promise.all(plants.map(rootOf));
      expect(root).to.be.a("bigint");
      expect(others).to.deep.equal([root, root, root, root, undefined]);
      for (const [index, member] of plants.slice(0, 5).entries()) {
        expect(await onChain(member)).to.deep.equal({
          ...{ state: "Reported", version: 1, curve: levelCurve((10 + index) * 1_000) },
        });
      }
      expect((await readMeterDay(market.platform, factory.meter, day - 1)).underRoot).to.equal(undefined);

      await take(file(...lines(20, plants)));
      for (let looks = 0; looks < 3; looks += 1) {
        await quiet();
        await market.goTo((await chainTime()) + 60);
      }
      expect((await Promise.all(plants.map(onChain))).map(({ version }) => version)).to.deep.equal([2, 2, 2, 2, 2, 1]);
      expect((await onChain(plants[3] as Member)).curve).to.deep.equal(levelCurve(23_000));
      expect(await rootOf(plants[0] as Member)).to.equal(undefined);
      expect(await waiting()).to.deep.equal([]);
    });

    it("that come after the deadline have the day lapse first, and are reported late", async () => {
      await market.goTo(Number(await registry().lapsesAt(day)));
      await take(file(line("meter 1", date, level(7))));
      await quiet();
      expect(await waiting()).to.deep.equal(["report"]);
      expect(await notes()).to.deep.equal(["The day is Lapsed."]);
      await market.goTo((await chainTime()) + 60);
      await quiet();
      expect(await onChain(plant)).to.deep.equal({ state: "LateReported", version: 1, curve: levelCurve(7_000) });
    });

    it("more than a year old are kept and said to be too late", async () => {
      await take(file(line("meter 1", date, level(8))));
      await quiet();
      await market.finalise(plant.meter, day);
      await market.goTo(startOfDay(day + 367));
      await take(file(line("meter 1", date, level(9))));
      await quiet();
      expect((await notes()).at(-1)).to.include("no correction more than 366 days after the day");
    });

    const wrong: [string, () => string | Uint8Array, RegExp, RegExp][] = [
      [
        "names a meter that nobody registered",
        () => file(line("meter 99", date, level(1))),
        /^Line 2, meter meter 99: no meter with this asset number is registered/,
        /^第 2 行，计量点 meter 99：链上没有登记此资产编号的计量点/,
      ],
      [
        "leaves slots out",
        () =>
          file(
            line(
              "meter 1",
              date,
              level(1).map((value, slot) => (slot > 39 && slot < 42 ? "" : value)),
            ),
          ),
        /^Line 2, meter meter 1, 10:00–10:30: there is no value\.$/,
        /^第 2 行，计量点 meter 1，10:00–10:30：缺少数值。$/,
      ],
      [
        "holds a negative value",
        () => file(line("meter 1", date, ["-0.001", ...level(1).slice(1)])),
        /^Line 2, meter meter 1, 00:00–00:15: -0\.001 kWh is negative/,
        /为负值/,
      ],
      [
        "holds more than the capacity allows",
        () => file(line("meter 1", date, [...level(LIMIT_KWH).slice(1), `${LIMIT_KWH}.001`])),
        /^Line 2, meter meter 1, 23:45–24:00: 5500\.001 kWh is more than .* 5500000 Wh/,
        /超过该计量点容量的 110%/,
      ],
      [
        "holds what is no number",
        () => file(line("meter 1", date, ["1,5", ...level(1).slice(1)]).replace("1,5", '"1,5"')),
        /00:00–00:15: "1,5" is not a number/,
        /“1,5”不是数值/,
      ],
      [
        "is of a day that is not over",
        () => file(line("meter 1", formatDay(day + 1), level(1))),
        /is not over yet: a day is reported after it has ended/,
        /尚未结束/,
      ],
      [
        "has the same meter and day twice",
        () => file(line("meter 1", date, level(1)), line("meter 1", date, level(2))),
        /^Line 3, meter meter 1: the same meter and day stand at 2 already/,
        /已在第 2 处出现/,
      ],
      [
        "writes dates in another way",
        () => file(line("meter 1", date.replaceAll("-", "/"), level(1))),
        /"\d{4}\/\d\d\/\d\d" is not a date such as 2026-11-22/,
        /不是日期/,
      ],
      [
        "has a quality that nobody knows",
        () => `${HEADER},quality\n${line("meter 1", date, level(1))},good\n`,
        /the quality "good" is neither measured nor estimated/,
        /数据质量“good”/,
      ],
      [
        "was cut off within its last number",
        () => file(line("meter 1", date, level(166.667))).slice(0, -3),
        /^The last line has no end: the file was cut off/,
        /最后一行没有换行符/,
      ],
      [
        "was cut off within a line",
        () => file(line("meter 1", date, level(1).slice(0, 50))),
        /^Line 2, meter meter 1: the line has 52 columns, the header 98/,
        /该行有 52 列，表头有 98 列/,
      ],
      [
        "lacks a column",
        () => file(line("meter 1", date, level(1))).replace(",P96", ",Q96"),
        /^The header has 0 columns "P96" where one is needed/,
        /“P96”列有 0 个/,
      ],
      [
        "has values beyond the end of the day",
        () => `${HEADER},P97,P98\n${line("meter 1", date, [...level(1), "1", "1"])}\n`,
        /^Column 99 "P97" and 1 more are none that a batch has/,
        /^第 99 列“P97”等 2 列不属于批次格式/,
      ],
      [
        "has a column that nobody knows",
        () => `${HEADER},\n${line("meter 1", date, [...level(1), "x"])}\n`,
        /^Column 99 "" is none that a batch has/,
        /^第 99 列“”不属于批次格式/,
      ],
      ["is not text", () => new Uint8Array([1, 2, 3, 0x80]), /not text in utf-8, utf-16le/, /不是 utf-8、utf-16le/],
      ["is a spreadsheet", () => new Uint8Array([0x50, 0x4b, 3, 4]), /is a spreadsheet/, /是电子表格/],
      ["is empty", () => file(), /holds no reading/, /不含任何读数/],
      ["breaks off within quotes", () => `${HEADER}\n"meter 1,\n`, /^Line \d: This is not valid CSV/, /不是有效的 CSV/],
    ];
    for (const [title, bytes, en, zh] of wrong) {
      it(`are not taken from a batch that ${title}`, async () => {
        const [reason] = await rejected(bytes(), "csv");
        expect(reason?.words.en).to.match(en);
        expect(reason?.words.zh).to.match(zh);
        expect(await waiting()).to.deep.equal([]);
      });
    }

    it("are not taken from JSON that is cut off, of another shape or short of values", async () => {
      const good = JSON.stringify({ readings: [json("meter 1", date, level(1))] });
      const bad: [unknown, RegExp][] = [
        [good.slice(0, -1), /^The batch is not JSON: it was cut off/],
        [good.replace('"1"', ".5"), /^The batch is not JSON: "\.5" is no number there/],
        [{ readings: [{ meter: 1, date, kWh: level(1) }] }, /^readings\.0\.meter is not as documented/],
        [{ readings: [json("meter 1", date, level(1).slice(1))] }, /^Reading 1, .*there are 95 values, not 96/],
        [{ readings: [json("meter 1", date, [null, ...level(1).slice(1)])] }, /00:00–00:15: there is no value/],
        [{ readings: [json("meter 1", date, [1e40, ...level(1).slice(1)])] }, /more than the meter's capacity/],
        [{ readings: [] }, /holds no reading/],
      ];
      for (const [message, sentence] of bad) {
        const bytes = typeof message === "string" ? message : JSON.stringify(message);
        expect((await rejected(bytes, "json"))[0]?.words.en).to.match(sentence);
      }
    });

    it("are taken of a whole batch or not at all, and every reason is reported", async () => {
      const bytes = file(
        line("meter 1", date, level(1)),
        line("meter 77", date, level(-1)),
        line("meter 2", "today", level(1)),
      );
      expect(await rejected(bytes, "csv")).to.have.length(1 + SLOTS + 1);
      expect(await waiting()).to.deep.equal([]);
    });

    it("go to the chain in as many transactions as the network's limit asks for", async () => {
      const assets = Array.from({ length: 8 }, (_, index) => `${date} ${index}`);
      for (const asset of assets) await register(asset);
      await take(file(...assets.map((asset, index) => line(asset, date, level(index)))));
      const before = await getBlockNumber(market.platform.client, { cacheTime: 0 });
      await quiet(650_000);
      const blocks = (await getBlockNumber(market.platform.client, { cacheTime: 0 })) - before;
      expect(Number(blocks)).to.be.within(2, 4);
      expect(await notes()).to.deep.equal(assets.map(() => "The chain has this reading."));
    });

    it("are taken once what was wrong about the market is fixed", async () => {
      const bytes = file(line("late meter", date, level(1)));
      await rejected(bytes, "csv");
      await register("late meter");
      expect(isNew(await take(bytes))).to.equal(true);
      expect(await opened().db.select().from(meterBatches)).to.have.length(1);
    });

    describe("in a folder", () => {
      it("are taken once a file stands still, the oldest first, and moved", async () => {
        const watch = folderOf();
        drop("b.csv", file(line("meter 1", date, level(1))), 10);
        drop("a.JSON", JSON.stringify({ readings: [json("meter 1", date, level(2))] }), 5);
        drop("c.csv.tmp", file(line("meter 1", date, level(3))), 1);
        drop(".d.csv", file(line("meter 1", date, level(3))), 1);
        await watch.look();
        expect(await opened().db.select().from(meterBatches)).to.have.length(0);
        await watch.look();
        expect(listed("")).to.have.members([".d.csv", "c.csv.tmp", "quarantine", "taken", "working"]);
        expect(listed("taken").map((name) => name.slice(13))).to.have.members(["b.csv", "a.JSON"]);
        await quiet();
        expect((await onChain(plant)).curve).to.deep.equal(levelCurve(2_000));
      });

      it("are left alone while somebody writes", async () => {
        const watch = folderOf();
        drop("a.csv", file(line("meter 1", date, level(1))), 1);
        await watch.look();
        appendFileSync(join(folder, "a.csv"), `${line("meter 2", date, level(1))}\n`);
        await watch.look();
        expect(listed("taken")).to.deep.equal([]);
        await watch.look();
        const [batch] = await opened().db.select().from(meterBatches);
        expect([batch?.origin, batch?.meterDays]).to.deep.equal(["a.csv", 2]);
      });

      it("are read of both files if one is dropped under the other's name while that is taken", async () => {
        const bytes = file(line("meter 1", date, level(2)));
        const watch = folderOf(() => drop("a.csv", bytes, 0));
        drop("a.csv", file(line("meter 1", date, level(1))), 1);
        for (let looks = 0; looks < 4; looks += 1) await watch.look();
        expect(await opened().db.select().from(meterBatches)).to.have.length(2);
        const read = listed("taken").map((name) => readFileSync(join(folder, "taken", name), "utf8"));
        expect(read).to.have.length(2).and.include(bytes);
        await quiet();
        expect((await onChain(plant)).curve).to.deep.equal(levelCurve(2_000));
      });

      it("are taken after a restart if the service died over them", async () => {
        mkdirSync(join(folder, "working"));
        drop("working/a.csv", file(line("meter 1", date, level(1))), 2);
        drop("a.csv", file(line("meter 1", date, level(2))), 1);
        await settle();
        expect(listed("working")).to.deep.equal([]);
        await quiet();
        expect((await onChain(plant)).curve).to.deep.equal(levelCurve(2_000));
      });

      it("wait for an older one that cannot be taken at the moment", async () => {
        let isDown = true;
        const watch = folderOf(() => {
          if (isDown) throw new Error("The database does not answer.");
        });
        drop("a.csv", file(line("meter 1", date, level(1))), 2);
        drop("b.csv", file(line("meter 1", date, level(2))), 1);
        await watch.look();
        const failure = await watch.look().catch((error: Error) => error.message);
        expect(failure).to.equal("The database does not answer.");
        expect(await opened().db.select().from(meterBatches)).to.have.length(0);
        isDown = false;
        for (let looks = 0; looks < 2; looks += 1) await watch.look();
        await quiet();
        expect((await onChain(plant)).curve).to.deep.equal(levelCurve(2_000));
      });

      it("go to quarantine with the reasons beside them", async () => {
        drop("a.csv", file(line("meter 99", date, level(1))), 1);
        await settle();
        const [name, reasons] = listed("quarantine").sort();
        expect(name).to.match(/^[0-9a-f]{12}-a\.csv$/);
        expect(reasons).to.equal(`${name}.reasons.txt`);
        const text = readFileSync(join(folder, "quarantine", reasons ?? ""), "utf8");
        expect(text).to.include("第 2 行，计量点 meter 99").and.include("Line 2, meter meter 99");
        const [batch] = await opened().db.select().from(meterBatches);
        expect([batch?.state, batch?.reasons.length]).to.deep.equal(["quarantined", 1]);
      });

      it("are one batch if the service died before the file was moved", async () => {
        const bytes = file(line("meter 1", date, level(1)));
        await take(bytes);
        drop("a.csv", bytes, 1);
        await settle();
        expect(listed("taken")).to.have.length(1);
        expect(await opened().db.select().from(meterBatches)).to.have.length(1);
      });
    });

    function take(bytes: string | Uint8Array, format: BatchFormat = "csv", db = opened().db) {
      return intakeOf(db).take({ bytes: Buffer.from(bytes), format, origin: "test" });
    }

    async function rejected(bytes: string | Uint8Array, format: BatchFormat) {
      const outcome = await take(bytes, format);
      if (!("rejected" in outcome)) throw new Error("The batch was taken.");
      return outcome.rejected.problems;
    }

    const intakeOf = (db: Database) => intakeOver(db, market.platform);

    /** `meanwhile` happens before each batch is taken, the first time unless it throws. */
    function folderOf(meanwhile = () => {}): MeterFolder {
      const intake = intakeOf(opened().db);
      const take = intake.take.bind(intake);
      let isOver = false;
      intake.take = async (delivery) => {
        if (!isOver) meanwhile();
        isOver = true;
        return take(delivery);
      };
      return new MeterFolder({ folder, intake, log, settleMs: 0 });
    }

    /** A service that looks long enough. */
    async function settle(): Promise<void> {
      const watch = folderOf();
      await watch.look();
      await watch.look();
    }

    /** Puts a file there that is so many seconds old. */
    function drop(name: string, bytes: string, age: number): void {
      writeFileSync(join(folder, name), bytes);
      const at = Date.now() / 1000 - age;
      utimesSync(join(folder, name), at, at);
    }

    const listed = (name: string) => readdirSync(join(folder, name));
    const registry = () => market.inProcess.contract("MeterRegistry");

    async function quiet(transactionGas?: number): Promise<void> {
      const reporter = reporterOf(market, opened().db, { transactionGas });
      while (await reporter.step());
    }

    async function onChain(member: Member): Promise<{ state: string; version: number; curve: Curve | undefined }> {
      const { state, inForce } = await readMeterDay(market.platform, member.meter, day);
      return { state, version: inForce?.version ?? 0, curve: inForce?.curve };
    }

    async function chainTime(): Promise<number> {
      return Number((await getBlock(market.platform.client)).timestamp);
    }

    /** A day of which nobody has reported anything, now over. */
    async function pastDay(): Promise<Day> {
      const today = dayOf(await chainTime());
      await market.goTo(startOfDay(today + 1) + 3_600);
      return today;
    }

    async function register(asset: string): Promise<void> {
      const { owner, zone, direction, voltage, source, active, capacityW } = await registry().meterOf(plant.meter);
      const properties = { owner, trader: 0n, zone, direction, voltage, source, active, capacityW, ...NO_NEXT_TRADER };
      await market.inProcess.contract("MeterRegistry", "meterOperator").register(properties, keccakOf(asset));
    }

    async function waiting(): Promise<string[]> {
      const rows = await opened().db.select().from(tasks).where(eq(tasks.state, "waiting")).orderBy(asc(tasks.id));
      return rows.map(({ kind }) => kind);
    }

    async function notes(): Promise<(string | null)[]> {
      const rows = await opened().db.select().from(tasks).where(eq(tasks.state, "done")).orderBy(asc(tasks.id));
      return rows.map(({ note }) => note);
    }
  });

  describe("at the door", () => {
    let desk: Desk;
    let date: string;
    let headers: Record<string, string>;
    before(async () => {
      desk = await Desk.open({}, undefined, [
        ({ inProcess }) => ({
          name: "metering",
          open: (parts) => openMetering(parts, { key: inProcess.wallet("meterOperator").privateKey as Hex }),
        }),
      ]);
      await desk.market.generator("solarPlant");
      date = formatDay(desk.market.today - 1);
      headers = { "content-type": "text/csv", authorization: `Bearer ${await addApiKey(desk.database.db, "centre")}` };
    });
    after(() => desk?.close());

    it("takes a batch for an API key, and says that a repeated one is the same", async () => {
      const bytes = file(line("meter 1", date, level(1)));
      const answers = [await desk.post("/readings", bytes, headers), await desk.post("/readings", bytes, headers)];
      expect(answers.map(({ status }) => status)).to.deep.equal([201, 200]);
      expect(answers[1]?.body).to.deep.equal(answers[0]?.body);
      expect(answers[0]?.body).to.deep.include({ origin: "centre", state: "taken", meterDays: 1, reasons: [] });
      const { body } = await desk.ask("/metrics");
      expect(body).to.include('dujiang_meter_rows_total{outcome="taken"} 1');
    });

    it("refuses one with the first reason, in the language asked for, and lists it with all of them", async () => {
      const bytes = file(line("meter 1", date, ["-1", "x", ...level(1).slice(2)]));
      const { status, body } = await desk.post("/readings", bytes, { ...headers, "accept-language": "zh" });
      expect([status, body.error.code]).to.deep.equal([422, "BatchRejected"]);
      expect(body.error.sentence).to.match(
        /^第 2 行，计量点 meter 1，00:00–00:15：-1 kWh 为负值.*另有 1 处；未接收任何数据。$/,
      );
      const list = await desk.ask("/readings", { headers });
      const [batch, ...others] = list.body.batches;
      expect(others).to.deep.equal([]);
      expect(batch).to.deep.include({ state: "quarantined", batch: body.error.figures.batch });
      expect(batch.reasons.map(({ slot }: { slot: number }) => slot)).to.deep.equal([0, 1]);
      expect(batch.reasons[1].sentence).to.include('"x" is not a number');
    });

    it("lets nobody in without a key, and asks what a message is", async () => {
      const { authorization: _, ...keyless } = headers;
      expect((await desk.post("/readings", file(), keyless)).status).to.equal(401);
      expect((await desk.ask("/readings")).status).to.equal(401);
      const unnamed = await desk.post("/readings", file(), { ...headers, "content-type": "text/plain" });
      expect([unnamed.status, unnamed.body.error.code]).to.deep.equal([415, "NotReadings"]);
      const huge = await desk.post("/readings", "x".repeat(17 * 1024 * 1024), headers);
      expect(huge.status).to.equal(413);
      expect(huge.body.error.sentence).to.include("more than 16 MB");
      expect((await desk.ask("/readings?state=lost", { headers })).body.error.sentence).to.include('"quarantined"');
    });

    it("documents both formats", async () => {
      const { body } = await desk.ask("/openapi.json");
      expect(Object.keys(body.paths["/readings"].post.requestBody.content)).to.have.members([
        "text/csv",
        "application/json",
      ]);
      expect(body.components.schemas.ReadingsBatch.properties.readings.type).to.equal("array");
    });
  });

  describe("killed", () => {
    it("at questions to database or node, loses nothing and reports nothing twice", async () => {
      const [market, opened] = [await TestMarket.create(), await openTables()];
      const { meter } = await market.generator("solarPlant");
      const [day, folder] = [market.today - 1, mkdtempSync(join(tmpdir(), "dujiang-readings-"))];
      const live = async (life: Life) => {
        const [db, platform] = [life.over(opened.db), market.through(life.through)];
        const intake = intakeOver(db, platform);
        const watch = new MeterFolder({ folder, intake, log, settleMs: 0 });
        for (let looks = 0; looks < 2; looks += 1) await watch.look();
        const reporter = reporterOf(market, db, { platform });
        while (await reporter.step());
      };
      let isKilled = true;
      for (let [endsAt, version] = [1, 1]; isKilled; [endsAt, version] = [endsAt + KILL_EVERY, version + 1]) {
        writeFileSync(join(folder, "day.csv"), file(line("meter 1", formatDay(day), level(version))));
        isKilled = await live(new Life(endsAt, version % 2 === 0)).then(
          () => false,
          () => true,
        );
        await live(new Life());
        const { inForce } = await readMeterDay(market.platform, meter, day);
        expect([inForce?.version, inForce?.curve]).to.deep.equal([version, levelCurve(version * 1_000)]);
        expect(readdirSync(join(folder, "taken"))).to.have.length(version);
        expect(await opened.db.select().from(meterBatches)).to.have.length(version);
      }
      rmSync(folder, { recursive: true });
      await opened.close();
    });
  });
});

function isNew(outcome: Awaited<ReturnType<MeterIntake["take"]>>): boolean {
  if ("rejected" in outcome) throw outcome.rejected;
  return outcome.isNew;
}

const intakeOver = (db: Database, platform: Platform) =>
  new MeterIntake({ db, platform, clock: new ChainClock(platform, 0), metrics: new Metrics(), log });

function reporterOf(
  market: TestMarket,
  db: Database,
  { platform = market.platform, transactionGas = 16_777_216 } = {},
) {
  const account = market.account("meterOperator");
  const clock = new ChainClock(platform, 0);
  return createReporter({ db, platform, clock, account, metrics: new Metrics(), log, transactionGas });
}
