import { expect } from "chai";
import { id } from "ethers";
import { BEGINNING, type Entry, firstBroken, readLedger } from "../../../scripts/books/ledger.ts";
import { reconcile } from "../../../scripts/books/reconcile.ts";
import { type Booking, readStatement, StatementError } from "../../../scripts/books/statement.ts";
import { TestMarket } from "../../utils/market.ts";

/** As the local network's parameters number them. */
const [BANK, OTHER_BANK] = [3, 4];

describe("a bank's statement", () => {
  it("is read line by line, references as on chain or as text", () => {
    const csv = `\ufeffreference,kind,amount\n${id("a")},issued,1000.00\n"wire 7",redeemed,0.5\n`;
    const padded = `0x${Buffer.from("wire 7").toString("hex").padEnd(64, "0")}`;
    expect(readStatement(csv)).to.deep.equal([
      { reference: id("a"), kind: "issued", amountFen: 100_000n },
      { reference: padded, kind: "redeemed", amountFen: 50n },
    ]);
  });

  it("is read as banks write it: amounts without a leading zero or of full width, other encodings and line breaks", () => {
    const csv = "reference,kind,amount,memo\na,issued,.5,é\nb,issued,１２．５,é\n";
    const amounts = [50n, 1250n];
    for (const written of [csv, csv.replaceAll("\n", "\r"), Buffer.from(csv, "utf16le")]) {
      expect(readStatement(written).map(({ amountFen }) => amountFen)).to.deep.equal(amounts);
    }
    const latin = Buffer.from("reference,kind,amount,memo\na,issued,.5,caf\xe9\n", "latin1");
    expect(readStatement(latin)).to.have.length(1);
  });

  it("is refused as a whole, naming every line", () => {
    const csv = "reference,kind,amount\na,given,1\nb,issued,1.001\nc,issued,x\n,issued,1\n";
    expect(() => readStatement(csv))
      .to.throw(StatementError)
      .with.property("message")
      .that.matches(/Line 2: .*\nLine 3: .*\nLine 4: .*\nLine 5: .*/);
    expect(() => readStatement("reference,amount\na,1\n")).to.throw(StatementError, "no column kind");
    expect(() => readStatement("reference,kind,amount,amount\na,issued,1,2\n")).to.throw(
      StatementError,
      "several columns",
    );
    expect(() => readStatement("reference,kind,amount\na,issued,1,2\n")).to.throw(StatementError, "it has 4 columns");
    expect(() => readStatement("reference,kind,amount\na,issued,-.5\n")).to.throw(StatementError, "is negative");
    expect(() => readStatement('reference,kind,amount\n"a,issued,1\n')).to.throw(StatementError, "not valid CSV");
  });
});

describe("the books of the chain", () => {
  let market: TestMarket;
  /** The statement of the first bank. */
  let whole: Booking[];
  let countOfIssued: number;

  before(async () => {
    market = await TestMarket.create();
    const { contract } = market.inProcess;
    const seller = await market.generator("solarPlant");
    await contract("DepositToken", "settlementBank").issue(seller.account.address, 500_00n, id("wire"));
    // The other bank's customer is paid across banks and redeems; the banks settle half of it.
    const other = market.address("secondSettlementBank");
    await contract("DepositToken", "secondSettlementBank").openAccount(OTHER_BANK);
    await contract("DepositToken", "solarPlant").transfer(other, 40_00n);
    await contract("DepositToken", "secondSettlementBank").redeem(30_00n, id("cash"));
    await contract("DepositToken", "secondSettlementBank").settleBetween(BANK, 20_00n, id("wire"));
    const issued = await contract("DepositToken").queryFilter(contract("DepositToken").filters.Issued());
    whole = [
      ...issued.map(
        ({ args }): Booking => ({
          reference: args.bankReference as Booking["reference"],
          kind: "issued",
          amountFen: args.amountFen,
        }),
      ),
      { reference: id("wire") as Booking["reference"], kind: "paid", amountFen: 20_00n },
    ];
    countOfIssued = issued.length;
  });

  it("agree with a statement that says the same, in any order", async () => {
    const { agreed, differences, positionFen, statementFen } = await reconcile(
      market.platform,
      BANK,
      [...whole].reverse(),
    );
    expect(differences).to.deep.equal([]);
    expect(agreed).to.equal(whole.length);
    expect(positionFen).to.equal(statementFen);
  });

  it("are those of one bank, whose position may be negative", async () => {
    const statement = readStatement(
      `reference,kind,amount\n${id("cash")},redeemed,30.00\n${id("wire")},received,20.00\n`,
    );
    const other = await reconcile(market.platform, OTHER_BANK, statement);
    expect(other).to.deep.equal({ agreed: 2, differences: [], positionFen: -10_00n, statementFen: -10_00n });
    const swapped = await reconcile(market.platform, OTHER_BANK, whole);
    expect(swapped.differences).to.have.length(whole.length + 3);
    const refused = await reconcile(market.platform, 1, whole).catch((error: Error) => error.message);
    expect(refused).to.equal("Participant 1 is no settlement bank: name one of 3, 4.");
  });

  it("show what is missing, what is too much, and another amount", async () => {
    const [first, ...rest] = whole;
    if (first === undefined) throw new Error("Nothing was issued.");
    const missing = await reconcile(market.platform, BANK, rest);
    expect(missing.differences).to.have.length(2);
    expect(missing.differences[0]?.en).to.match(/on chain, but not on the statement/);
    expect(missing.differences[1]?.en).to.match(/^The position on chain is /);
    const twice = await reconcile(market.platform, BANK, [first, ...whole]);
    expect(twice.differences[0]?.en).to.match(/on the statement, but not on chain/);
    const other = await reconcile(market.platform, BANK, [{ ...first, amountFen: first.amountFen + 1n }, ...rest]);
    expect(other.differences).to.have.length(3);
  });

  it("are exported in the order of the chain, with hashes that follow", async () => {
    const entries = await readLedger(market.platform, market.today, market.today);
    expect(entries.filter(({ event }) => event === "Issued")).to.have.length(countOfIssued);
    expect(entries.map(({ contract }) => contract)).to.include.members(["ParticipantRegistry", "MeterRegistry"]);
    const places = entries.map(({ block, logIndex }) => Number(block) * 10_000 + logIndex);
    expect(places).to.deep.equal([...places].sort((a, b) => a - b));
    expect(firstBroken(entries)).to.equal(undefined);
    expect(firstBroken([])).to.equal(undefined);
    expect(entries[0]?.hash).to.not.equal(BEGINNING);
  });

  it("notice an entry that was changed, left out, added or moved", async () => {
    const entries = await readLedger(market.platform, market.today, market.today);
    const at = entries.findIndex(({ event }) => event === "Issued");
    const changed = entries.with(at, { ...(entries[at] as Entry), values: { amountFen: "1" } });
    expect(firstBroken(changed)).to.equal(at + 1);
    expect(firstBroken(entries.toSpliced(at, 1))).to.equal(at + 1);
    expect(firstBroken(entries.toSpliced(at, 0, entries[at] as Entry))).to.equal(at + 2);
    expect(firstBroken(entries.slice(1))).to.equal(1);
  });

  it("leave out other days", async () => {
    expect(await readLedger(market.platform, market.today - 2, market.today - 1)).to.deep.equal([]);
  });
});
