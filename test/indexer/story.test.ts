import { expect } from "chai";
import { concat, keccak256, numberToHex, zeroAddress, zeroHash } from "viem";
import { LocalIndexer } from "../../demo/local/indexer.ts";
import { EventChain, type Told, told } from "./eventChain.ts";
import { kpisFromLogs, kpisServed, readHistory } from "./kpiFromLogs.ts";
import { PERIODS, tellKpiStory } from "./kpiStory.ts";
import * as market from "./market.ts";

const { accountOf, digestOf, level, NOTARY } = market;

const DAY = 20_779;
const NEXT = DAY + 1;
const [GRID, PLANT, FACTORY, BANK, SUPPLIER] = [1, 2, 3, 4, 5];
const [GENERATOR, LOAD] = [1n, 2n];
const STRANGER = numberToHex(0x5747, { size: 20 });
const NEW_ACCOUNT = numberToHex(0xacd004, { size: 20 });
/** A P-256 key behind a verifier, as an ERC-7913 signer. */
const FACTOR = concat([numberToHex(0x7913, { size: 20 }), digestOf("x"), digestOf("y")]);
const [SELL, BUY] = [digestOf("sell order"), digestOf("buy order")];
const DEAL = { seller: PLANT, buyer: FACTORY, sellerMeter: GENERATOR, buyerMeter: LOAD, day: DAY };

/** Two trades of one meter day that is metered short, a receivable of the second, and a day that lapses. */
const STORY: Told[] = [
  told("MarketRules", "ZoneAdded", { zone: 1, parent: 0, voltage: 5, name: "四川 Sichuan" }),
  told("MarketRules", "ZoneAdded", { zone: 2, parent: 1, voltage: 1, name: "都江堰" }),
  ...market.enrol(GRID, "gridCompany"),
  ...market.enrol(PLANT, "generator"),
  ...market.enrol(FACTORY, "consumer"),
  ...market.enrol(BANK, "bank"),
  ...market.enrol(SUPPLIER, "supplier"),
  market.registerMeter(GENERATOR, PLANT, "generation"),
  market.registerMeter(LOAD, FACTORY, "consumption"),
  ...market.issue(PLANT, 100_000n),
  ...market.issue(FACTORY, 500_000n),
  ...market.issue(BANK, 900_000n),
  // A bilateral trade: 1,000 Wh in slots 0 to 3 at 400 元/MWh.
  market.priceCurve(level(40_000, 0, 4)),
  market.openTrade(1n, DEAL, [level(1000, 0, 4), level(40_000, 0, 4)]),
  market.hold(FACTORY, 167n),
  // A round at 300 元/MWh: 1,000 Wh in slots 2 to 5, on terms; a second leg is left out.
  market.priceCurve(level(30_000, 0, 48)),
  told("TradeEscrow", "ZonePriced", { round: 7n, day: DAY, zone: 2, priceHash: hashOf(level(30_000, 0, 48)) }),
  told("TradeEscrow", "Skipped", { round: 7n, sellOrder: SELL, sale: 0n, leg: 1n, reason: 20 }),
  market.openTrade(2n, DEAL, [level(1000, 2, 6), level(30_000, 0, 48)], {
    ...{ round: 7n, paymentDays: 30, sellOrder: SELL, buyOrder: BUY },
  }),
  market.fill(7n, SELL, false, 5n),
  market.fill(7n, BUY, true, 127n),
  // Metered 1,500 Wh where both trades meet, nothing afterwards.
  market.report(GENERATOR, DAY, level(1500, 0, 4)),
  told("MeterRegistry", "MeterDayAccepted", { meter: GENERATOR, day: DAY, participant: PLANT, version: 1 }),
  market.finalise(GENERATOR, DAY),
  market.settle(1n, 4000n, 160n),
  ...market.payHeld(FACTORY, PLANT, 160n),
  ...market.payHeld(FACTORY, GRID, 7n),
  market.mintKwh(GENERATOR, DAY, 3, 4000n),
  market.settle(2n, 1000n, 30n, 3n),
  market.owe(2n, FACTORY, PLANT, DAY + 30, 30n),
  market.mintKwh(GENERATOR, DAY, 3, 1000n),
  told("TradeEscrow", "SurplusMinted", { meter: GENERATOR, day: DAY, owner: PLANT, energyWh: 1000n }),
  market.mintKwh(GENERATOR, DAY, 2, 1000n),
  // The final reading turns out too low: the second trade is adjusted by the difference, and the claim for it is paid.
  told("MeterRegistry", "MeterDayCorrected", {
    ...{ meter: GENERATOR, day: DAY, version: 2, quality: 1, adjustableAt: 1_800_000_000 },
    curve: market.packed(level(2000, 0, 4)),
  }),
  told("AdjustmentDesk", "TradeAdjusted", {
    ...{ id: 2n, version: 2, differenceWh: 1000n },
    outcome: { deliveredWh: 2000n, energyFen: 60n, networkFen: 7n, deviationFen: 2n, invoiced: false },
  }),
  difference(0, FACTORY, PLANT, 30n),
  difference(2, FACTORY, PLANT, 1n),
  told("AdjustmentDesk", "DifferencePaid", { id: 2n, version: 2, kind: 0, lateFeeFen: 1n }),
  // Both trades are counted, a claim of the factory's is in arrears until it is repaid, and a third trade counts for nothing.
  ...[1n, 2n].map((id) =>
    told("CreditLedger", "TradeCounted", {
      ...{ id, seller: PLANT, buyer: FACTORY, contractedWh: 4000n, deliveredWh: id === 1n ? 4000n : 1000n },
      ...{ charged: id === 2n, late: false, ruled: false },
    }),
  ),
  told("CreditLedger", "TradeLeftOut", { id: 9n, seller: PLANT, buyer: FACTORY }),
  claimCounted(2, false),
  claimCounted(3, false),
  claimCounted(4, false),
  claimCounted(1, true),
  market.report(LOAD, DAY, level(60)),
  market.finalise(LOAD, DAY),
  told("KwhToken", "TransferSingle", {
    ...{ operator: accountOf(3), from: accountOf(3), to: zeroAddress, id: (1n << 32n) | BigInt(DAY), value: 1500n },
  }),
  told("KwhToken", "KwhRetired", {
    ...{ participant: FACTORY, holder: accountOf(3), id: (1n << 32n) | BigInt(DAY), consumptionMeter: LOAD },
    amountWh: 1500n,
  }),
  // The claim becomes a receivable; the bank buys it, a part goes on to a supplier, the factory pays, holders collect.
  told("TradeEscrow", "PayableAssigned", { id: 2n }),
  told("Receivables", "ReceivableIssued", {
    ...{ id: 1n, debtor: FACTORY, creditor: PLANT, key: digestOf("key") },
    terms: {
      ...{ debtor: FACTORY, creditor: PLANT, issueDay: NEXT, dueDay: DAY + 30, graceDays: 5, status: 1 },
      ...{ lateRateBp: 1800, faceFen: 30n, repaidFen: 0n, source: 2n, draft: 0n },
      ...{ frozenUntil: 0, stoodStill: 0, invoiceHash: zeroHash },
    },
  }),
  units(zeroAddress, accountOf(PLANT), 30n),
  told("FinancingDesk", "FinancingRequested", {
    ...{ id: 1n, receivable: 1n, requester: PLANT },
    request: {
      ...{ requester: PLANT, status: 1, lastDay: NEXT + 2, maxRateBp: 4_294_967_295, units: 30n },
      ...{ receivable: 1n },
    },
  }),
  market.hold(BANK, 29n),
  told("FinancingDesk", "BidPlaced", {
    ...{ id: 1n, request: 1n, bidder: BANK },
    bid: {
      ...{ request: 1n, bidder: BANK, status: 1, recourse: false, rateBp: 385, lastDay: NEXT + 2 },
      ...{ heldFen: 29n, paidFen: 0n, subject: zeroHash },
    },
  }),
  ...market.payHeld(BANK, PLANT, 28n),
  market.releaseHeld(BANK, 1n),
  units(accountOf(PLANT), accountOf(BANK), 30n),
  told("FinancingDesk", "Financed", { id: 1n, request: 1n, receivable: 1n, units: 30n, paidFen: 28n, daysToDue: 29n }),
  told("FinancingDesk", "FinancingRegistered", { id: 1n, registrationNumber: "0123\u00004567" }),
  units(accountOf(BANK), accountOf(SUPPLIER), 10n),
  told("Receivables", "ReceivableRepaid", { id: 1n, amountFen: 30n, repaidFen: 30n }),
  units(accountOf(SUPPLIER), zeroAddress, 10n),
  told("Receivables", "ReceivableCollected", {
    ...{ id: 1n, holder: accountOf(SUPPLIER), participant: SUPPLIER, amountFen: 10n },
  }),
  // The supplier drafts a claim on the factory, which confirms and pays it late; another draft is withdrawn.
  told("FinanceRules", "FinanceTermsPublished", {
    ...{ effectiveDay: 0, terms: { effectiveDay: 0, longestTenorDays: 180, lateRateBp: 1800 } },
  }),
  told("FinanceRules", "CalendarAnnounced", { daysOff: [DAY + 40, DAY + 41], workdays: [DAY + 41] }),
  drafted(1n, DAY + 20),
  drafted(2n, 4_294_967_295),
  drafted(3n, DAY + 20),
  told("Receivables", "ReceivableIssued", {
    ...{ id: 2n, debtor: FACTORY, creditor: SUPPLIER, key: digestOf("key of the invoice") },
    terms: {
      ...{ debtor: FACTORY, creditor: SUPPLIER, issueDay: DAY, dueDay: DAY + 22, graceDays: 5, status: 1 },
      ...{ lateRateBp: 1800, faceFen: 1_000n, repaidFen: 0n, source: 0n, draft: 1n },
      ...{ frozenUntil: 0, stoodStill: 0, invoiceHash: digestOf("file") },
    },
  }),
  units(zeroAddress, accountOf(SUPPLIER), 1_000n, 2n),
  told("DraftingDesk", "ClaimConfirmed", { id: 1n, receivable: 2n, digest: digestOf("confirmation") }),
  told("DraftingDesk", "DraftCancelled", { id: 2n }),
  told("DraftingDesk", "DraftRefused", { id: 3n, reasonHash: digestOf("wrong amount") }),
  pledged(1n, 700n),
  told("Receivables", "EncumbranceReleased", { encumbrance: 1n }),
  pledged(2n, 600n),
  told("Receivables", "LateFeePaid", { id: 2n, amountFen: 5n, paidFen: 5n }),
  told("Receivables", "ReceivableRepaid", { id: 2n, amountFen: 1_000n, repaidFen: 1_000n }),
  told("Receivables", "LateFeeCollected", {
    ...{ id: 2n, holder: accountOf(SUPPLIER), participant: SUPPLIER, amountFen: 5n },
  }),
  units(accountOf(SUPPLIER), zeroAddress, 1_000n, 2n),
  told("Receivables", "ReceivableCollected", {
    ...{ id: 2n, holder: accountOf(SUPPLIER), participant: SUPPLIER, amountFen: 1_000n },
  }),
  told("Receivables", "EncumbrancePaid", { encumbrance: 2n, amountFen: 600n, unitsLeft: 0n }),
  // The next day: nothing is reported in time; a late reading makes an invoice.
  market.openTrade(3n, { ...DEAL, day: NEXT }, [level(1000, 0, 1), level(40_000, 0, 4)]),
  told("MeterRegistry", "MeterDayLapsed", { meter: GENERATOR, day: NEXT }),
  told("TradeEscrow", "TradeLapsed", { id: 3n }),
  market.report(GENERATOR, NEXT, level(1000, 0, 1)),
  market.finalise(GENERATOR, NEXT, true),
  market.settle(3n, 1000n, 40n, 0n, true),
  // A renewal that waits is replaced by another, which is turned down; the participant stays what it was.
  proposal(SUPPLIER, 4_294_967_295),
  proposal(SUPPLIER, 40_000),
  told("ParticipantRegistry", "ParticipantRejected", { id: SUPPLIER, registrar: market.REGISTRARS[1] }),
  // Another is approved, and with it a second factor.
  proposal(GRID, 40_000),
  told("ParticipantRegistry", "ParticipantApproved", {
    ...{ id: GRID, account: accountOf(GRID), registrar: market.REGISTRARS[1] },
  }),
  told("ParticipantRegistry", "SecondFactorChanged", { id: GRID, factor: 1, signer: FACTOR }),
  // The grid company confirms a payment beyond its limit, and makes it.
  told("SecondFactor", "SubjectConfirmed", { participant: GRID, subject: digestOf("payment"), factor: 1 }),
  told("SecondFactor", "ExposureRecorded", {
    ...{ participant: GRID, day: DAY, subject: digestOf("trade"), amountFen: 4_000_000n, exposureFen: 4_000_000n },
  }),
  told("SecondFactor", "ExposureRecorded", {
    ...{ participant: GRID, day: DAY, subject: digestOf("payment"), amountFen: 2_000_000n, exposureFen: 6_000_000n },
  }),
  told("SecondFactor", "ConfirmationUsed", { participant: GRID, subject: digestOf("payment"), factor: 1 }),
  told("TradeEscrow", "NoncePageCancelled", { trader: accountOf(PLANT), page: 2n ** 249n - 1n }),
  // The bank's key is lost: one replacement is objected to, another withdrawn, the third completed; its units follow.
  told("Receivables", "ReceivableEncumbered", {
    ...{ encumbrance: 3n, id: 1n, holder: accountOf(BANK), pledgee: GRID, units: 5n, registrationNumber: "0123" },
  }),
  newAccount("AccountProposed", { registrar: market.REGISTRARS[0], reasonHash: digestOf("a mistake") }),
  newAccount("ReplacementObjected", {}),
  newAccount("AccountProposed", { registrar: market.REGISTRARS[0], reasonHash: digestOf("a doubt") }),
  newAccount("ReplacementWithdrawn", { registrar: market.REGISTRARS[1] }),
  newAccount("AccountProposed", { registrar: market.REGISTRARS[0], reasonHash: digestOf("lost key") }),
  newAccount("AccountApproved", { registrar: market.REGISTRARS[1], completableAt: 1_800_000_000 }),
  newAccount("AccountReplaced", { former: accountOf(BANK) }),
  told("Receivables", "EncumbranceFollowed", { encumbrance: 3n, holder: NEW_ACCOUNT }),
  units(accountOf(BANK), NEW_ACCOUNT, 20n),
];

/** What any stranger can make the contracts emit: movements of nothing, out of and into what never was. */
const JUNK: Told[] = [
  told("DepositToken", "HoldsReduced", {
    notary: STRANGER,
    moves: [{ payer: 4_000_000_000, payee: 0, amountFen: 0n }],
  }),
  told("DepositToken", "Transfer", { from: zeroAddress, to: accountOf(PLANT), value: 0n }),
  told("KwhToken", "TransferSingle", {
    operator: STRANGER,
    from: STRANGER,
    to: STRANGER,
    id: 2n ** 255n - 1n,
    value: 0n,
  }),
  told("KwhToken", "TransferBatch", {
    ...{ operator: STRANGER, from: STRANGER, to: STRANGER, ids: [2n ** 256n - 1n], values: [0n] },
  }),
  told("Receivables", "TransferSingle", { operator: STRANGER, from: STRANGER, to: STRANGER, id: 99n, value: 0n }),
];

describe("Indexer", () => {
  const environment = { ...process.env };
  let chain: EventChain;
  let indexer: LocalIndexer;

  before(async function () {
    this.timeout(300_000);
    chain = await EventChain.start(1_795_000_000);
    await chain.tell([...STORY, ...JUNK]);
    await tellKpiStory(chain);
    process.env.DUJIANG_DEPLOYMENTS = chain.deployments;
    delete process.env.DATABASE_URL;
    indexer = await LocalIndexer.start({ network: chain.network, rpcUrl: chain.chain.url, port: "any" });
    await indexer.caughtUpWith(await chain.chain.blockNumber());
  });

  after(async () => {
    process.env = environment;
    await indexer?.stop();
    await chain?.stop();
  });

  it("answers with a participant's trades, contracted and delivered, in one query", async () => {
    const { participant } = await indexer.query<{ participant: object }>(`{ participant(id: ${PLANT}) {
      kinds status deposit { balanceFen heldFen }
      sales(orderBy: "id") { items {
        id status date round contracted delivered deliveredWh contractedEnergyFen energyFen networkFen deviationFen invoiced
        sellOrder { side complete filledWh } buyOrder { side complete usedFen } buyer { account } sellerMeterDay { state }
      } }
    } }`);
    const done = { date: "2026-11-22", networkFen: "7", buyer: { account: accountOf(FACTORY) } };
    const first = {
      ...{ id: "1", status: "settled", round: "0", ...done, invoiced: false, sellOrder: null, buyOrder: null },
      ...{ contracted: level(1000, 0, 4), delivered: level(1000, 0, 4), deliveredWh: "4000" },
      ...{ contractedEnergyFen: "160", energyFen: "160", deviationFen: "0", sellerMeterDay: { state: "final" } },
    };
    const second = {
      ...{ id: "2", status: "settled", round: "7", ...done, invoiced: false },
      ...{ contracted: level(1000, 2, 6), delivered: level(500, 2, 4), deliveredWh: "1000" },
      ...{ contractedEnergyFen: "120", energyFen: "30", deviationFen: "3", sellerMeterDay: { state: "final" } },
      sellOrder: { side: "sell", complete: false, filledWh: "4000" },
      buyOrder: { side: "buy", complete: true, usedFen: "127" },
    };
    const late = {
      ...{ id: "3", status: "settled", round: "0", ...done, date: "2026-11-23", invoiced: true },
      ...{ sellOrder: null, buyOrder: null, contracted: level(1000, 0, 1), delivered: level(1000, 0, 1) },
      ...{ deliveredWh: "1000", contractedEnergyFen: "40", energyFen: "40", deviationFen: "0" },
      sellerMeterDay: { state: "lateFinal" },
    };
    expect(participant).to.deep.equal({
      ...{ kinds: ["generator"], status: "active", deposit: { balanceFen: "100188", heldFen: "0" } },
      sales: { items: [first, second, late] },
    });
  });

  it("answers with a receivable's whole life in one query", async () => {
    const { receivable } = await indexer.query<{ receivable: object }>(`{ receivable(id: "1") {
      status faceFen repaidFen collectedFen dueDate invoiceHash
      debtor { id } creditor { id } trade { id payables { items { kind status amountFen dueDate } } }
      units(orderBy: "units") { items { participantId units collectedFen } }
      transfers(orderBy: "units") { items { sender { id } recipient { id } units } }
      financingRequests { items { status maxRateBp bids { items { status rateBp heldFen paidFen bidder { id } } } } }
      financings { items { financier { id } paidFen daysToDue registrationNumber } }
      repayments { items { amountFen } } collections { items { participantId amountFen } }
    } }`);
    expect(receivable).to.deep.equal({
      ...{
        status: "repaid",
        faceFen: "30",
        repaidFen: "30",
        collectedFen: "10",
        dueDate: "2026-12-22",
        invoiceHash: null,
      },
      ...{ debtor: { id: FACTORY }, creditor: { id: PLANT } },
      trade: {
        id: "2",
        payables: { items: [{ kind: "energy", status: "assigned", amountFen: "30", dueDate: "2026-12-22" }] },
      },
      units: {
        items: [
          { participantId: PLANT, units: "0", collectedFen: "0" },
          // In the account that was replaced.
          { participantId: BANK, units: "0", collectedFen: "0" },
          { participantId: SUPPLIER, units: "0", collectedFen: "10" },
          { participantId: BANK, units: "20", collectedFen: "0" },
        ],
      },
      transfers: {
        items: [
          { sender: { id: BANK }, recipient: { id: SUPPLIER }, units: "10" },
          { sender: { id: PLANT }, recipient: { id: BANK }, units: "30" },
        ],
      },
      financingRequests: {
        items: [
          {
            ...{ status: "financed", maxRateBp: "4294967295" },
            bids: { items: [{ status: "accepted", rateBp: "385", heldFen: "0", paidFen: "28", bidder: { id: BANK } }] },
          },
        ],
      },
      financings: {
        items: [{ financier: { id: BANK }, paidFen: "28", daysToDue: 29, registrationNumber: "01234567" }],
      },
      repayments: { items: [{ amountFen: "30" }] },
      collections: { items: [{ participantId: SUPPLIER, amountFen: "10" }] },
    });
  });

  it("tells what a correction changed beside what was settled", async () => {
    const { trade } = await indexer.query<{ trade: object }>(`{ trade(id: "2") {
      energyFen deliveredWh
      sellerMeterDay {
        version metered correctedVersion corrected correctedWh versions(orderBy: "version") { items { version quality } }
      }
      adjustments { items {
        version differenceWh deliveredWh energyFen networkFen deviationFen
        differences(orderBy: "amountFen") { items { kind status amountFen lateRateBp lateFeeFen dueDate debtor { id } creditor { id } } }
      } }
    } }`);
    const parties = { lateRateBp: "1800", dueDate: "2026-12-22", debtor: { id: FACTORY }, creditor: { id: PLANT } };
    expect(trade).to.deep.equal({
      ...{ energyFen: "30", deliveredWh: "1000" },
      sellerMeterDay: {
        ...{ version: 1, metered: level(1500, 0, 4), correctedVersion: 2, corrected: level(2000, 0, 4) },
        ...{ correctedWh: "8000" },
        versions: {
          items: [
            { version: 1, quality: "measured" },
            { version: 2, quality: "estimated" },
          ],
        },
      },
      adjustments: {
        items: [
          {
            ...{ version: 2, differenceWh: "1000", deliveredWh: "2000" },
            ...{ energyFen: "60", networkFen: "7", deviationFen: "2" },
            differences: {
              items: [
                { kind: "deviationCharge", status: "due", amountFen: "1", lateFeeFen: null, ...parties },
                { kind: "energy", status: "paid", amountFen: "30", lateFeeFen: "1", ...parties },
              ],
            },
          },
        ],
      },
    });
  });

  it("adds up what is counted of each participant", async () => {
    const { participant } = await indexer.query<{ participant: object }>(`{ participant(id: ${FACTORY}) { credit {
      sales purchases purchasesCharged boughtWh boughtDeliveredWh tradesLeftOut
      repaidOnTime repaidLate daysLate defaults arrears arrearsStanding writtenOff
    } } }`);
    expect(participant).to.deep.equal({
      credit: {
        ...{ sales: 0, purchases: 2, purchasesCharged: 1, boughtWh: "8000", boughtDeliveredWh: "5000" },
        ...{ tradesLeftOut: 1, repaidOnTime: 0, repaidLate: 1, daysLate: 70, defaults: 1, arrears: 1 },
        ...{ arrearsStanding: 0, writtenOff: 1 },
      },
    });
  });

  it("follows a drafted claim from the supplier's draft to the late fee", async () => {
    const told = await indexer.query<Record<string, object>>(`{
      claimDrafts(orderBy: "id") { items {
        status amountFen deliveryDate dueDate invoiceNumber refusalReasonHash debtor { id } creditor { id }
        receivable {
          status dueDate lateRateBp lateFeePaidFen lateFeeCollectedFen tradeId draft { id }
          encumbrances(orderBy: "id") { items {
            status units paidFen registrationNumber pledgee { id } holderParticipant { id }
          } }
          repayments(orderBy: "amountFen") { items { part amountFen repaidFen } }
          collections(orderBy: "amountFen") { items { part amountFen } }
        }
      } }
      financeTerms { items { effectiveDate longestTenorDays lateRateBp } }
      calendarDays(orderBy: "day") { items { date businessDay } }
    }`);
    const draft = {
      ...{ amountFen: "1000", deliveryDate: "2026-11-17", invoiceNumber: "26512000000012345678" },
      ...{ debtor: { id: FACTORY }, creditor: { id: SUPPLIER }, refusalReasonHash: null },
    };
    const refusalReasonHash = digestOf("wrong amount");
    const pledge = { registrationNumber: "01234567", pledgee: { id: BANK }, holderParticipant: { id: SUPPLIER } };
    const receivable = {
      ...{ status: "repaid", dueDate: "2026-12-14", lateRateBp: "1800", tradeId: null, draft: { id: "1" } },
      ...{ lateFeePaidFen: "5", lateFeeCollectedFen: "5" },
      encumbrances: {
        items: [
          { status: "released", units: "700", paidFen: "0", ...pledge },
          { status: "paid", units: "600", paidFen: "600", ...pledge },
        ],
      },
      repayments: {
        items: [
          { part: "lateFee", amountFen: "5", repaidFen: "5" },
          { part: "faceValue", amountFen: "1000", repaidFen: "1000" },
        ],
      },
      collections: {
        items: [
          { part: "lateFee", amountFen: "5" },
          { part: "faceValue", amountFen: "1000" },
        ],
      },
    };
    expect(told).to.deep.equal({
      claimDrafts: {
        items: [
          { status: "confirmed", dueDate: "2026-12-12", ...draft, receivable },
          { status: "cancelled", dueDate: null, ...draft, receivable: null },
          { status: "refused", dueDate: "2026-12-12", ...draft, receivable: null, refusalReasonHash },
        ],
      },
      financeTerms: { items: [{ effectiveDate: "1970-01-01", longestTenorDays: 180, lateRateBp: "1800" }] },
      calendarDays: {
        items: [
          { date: "2027-01-01", businessDay: false },
          { date: "2027-01-02", businessDay: true },
        ],
      },
    });
  });

  it("answers with a day's prices and volumes in one query", async () => {
    const { priceSlots } = await indexer.query<{ priceSlots: { totalCount: number; items: unknown[] } }>(`{
      priceSlots(where: { zoneId: 2, date: "2026-11-22" }, orderBy: "slot", limit: 96) { totalCount items {
        slot price contractedWh bilateralWh deliveredWh averagePrice trades zone { name }
      } }
    }`);
    const at = { price: 30_000, zone: { name: "都江堰" } };
    const bilateral = {
      contractedWh: "1000",
      bilateralWh: "1000",
      deliveredWh: "1000",
      averagePrice: 40_000,
      trades: 1,
    };
    const both = { contractedWh: "2000", bilateralWh: "1000", deliveredWh: "1500", averagePrice: 35_000, trades: 2 };
    expect(priceSlots.totalCount).to.equal(48);
    expect(priceSlots.items.slice(0, 7)).to.deep.equal([
      { slot: 0, ...at, ...bilateral },
      { slot: 1, ...at, ...bilateral },
      { slot: 2, ...at, ...both },
      { slot: 3, ...at, ...both },
      {
        slot: 4,
        ...at,
        ...both,
        contractedWh: "1000",
        bilateralWh: "0",
        deliveredWh: "0",
        averagePrice: 30_000,
        trades: 1,
      },
      {
        slot: 5,
        ...at,
        ...both,
        contractedWh: "1000",
        bilateralWh: "0",
        deliveredWh: "0",
        averagePrice: 30_000,
        trades: 1,
      },
      { slot: 6, ...at, ...both, contractedWh: "0", bilateralWh: "0", deliveredWh: "0", averagePrice: null, trades: 0 },
    ]);
  });

  it("follows a meter day from what was sold to what was minted and retired", async () => {
    const { meterDay } = await indexer.query<{ meterDay: object }>(`{ meterDay(id: "1-2026-11-22") {
      state version metered position positionWh meteredWh mintedWh surplusWh
      versions { items { version meteredWh } } acceptances { items { participant { id } } }
      kwhBalances(orderBy: "participantId") { items { participantId energyWh } }
      retirements { items { energyWh consumptionDay { id retiredWh meteredWh } } }
    } }`);
    const position = level(0).map((_, slot) => [1000, 1000, 2000, 2000, 1000, 1000][slot] ?? 0);
    expect(meterDay).to.deep.equal({
      ...{ state: "final", version: 1, metered: level(1500, 0, 4), position, positionWh: "8000", meteredWh: "6000" },
      ...{ mintedWh: "6000", surplusWh: "1000" },
      versions: {
        items: [
          { version: 1, meteredWh: "6000" },
          { version: 2, meteredWh: "8000" },
        ],
      },
      acceptances: { items: [{ participant: { id: PLANT } }] },
      kwhBalances: {
        items: [
          { participantId: PLANT, energyWh: "1000" },
          { participantId: FACTORY, energyWh: "3500" },
        ],
      },
      retirements: {
        items: [{ energyWh: "1500", consumptionDay: { id: "2-2026-11-22", retiredWh: "1500", meteredWh: "5760" } }],
      },
    });
  });

  it("keeps every account's balance and holds, and what notaries hold of it", async () => {
    const { depositAccounts } = await indexer.query<{ depositAccounts: object }>(`{
      depositAccounts(orderBy: "participantId") { items {
        participantId balanceFen heldFen issuedFen holds { items { notary heldFen allowed } }
      } }
    }`);
    const holds = { items: [{ notary: NOTARY, heldFen: "0", allowed: true }] };
    const account = (participantId: number, balanceFen: string, issuedFen: string) => ({
      ...{ participantId, balanceFen, heldFen: "0", issuedFen, holds: issuedFen === "0" ? { items: [] } : holds },
    });
    expect(depositAccounts).to.deep.equal({
      items: [
        account(GRID, "7", "0"),
        account(PLANT, "100188", "100000"),
        account(FACTORY, "499833", "500000"),
        account(BANK, "899972", "900000"),
      ],
    });
  });

  it("keeps what two registrars proposed and decided, and what a round left out", async () => {
    const { participant, skippedLegs } = await indexer.query<Record<string, object>>(`{
      participant(id: ${SUPPLIER}) { status validUntilDate proposalHistory(orderBy: "number") { items {
        decision validUntilDate
      } } }
      skippedLegs { items { round sale leg reason sellOrder { traderId } } }
    }`);
    expect(participant).to.deep.equal({
      ...{ status: "active", validUntilDate: "2052-02-20" },
      proposalHistory: {
        items: [
          { decision: "approved", validUntilDate: "2052-02-20" },
          { decision: "replaced", validUntilDate: null },
          { decision: "rejected", validUntilDate: "2079-07-08" },
        ],
      },
    });
    expect(skippedLegs).to.deep.equal({
      items: [{ round: "7", sale: "0", leg: "1", reason: "insufficientBalance", sellOrder: { traderId: PLANT } }],
    });
  });

  it("keeps the second factor that came with an approval", async () => {
    const { participant, secondFactor, confirmations, exposureDays } = await indexer.query<Record<string, object>>(`{
      participant(id: ${GRID}) { factor secondFactor exposureLimitFen controller }
      secondFactor(participantId: ${GRID}, number: 1) { signer }
      confirmations { items { participantId subject usedAt } }
      exposureDays { items { participantId date exposureFen } }
    }`);
    expect(participant).to.deep.equal({
      ...{ factor: 1, secondFactor: FACTOR, exposureLimitFen: "5000000", controller: digestOf("group") },
    });
    expect(secondFactor).to.deep.equal({ signer: FACTOR });
    const [used] = (confirmations as { items: { usedAt: string | null }[] }).items;
    expect(used).to.include({ participantId: GRID, subject: digestOf("payment") });
    expect(used?.usedAt).to.be.a("string");
    expect(exposureDays).to.deep.equal({
      items: [{ participantId: GRID, date: "2026-11-22", exposureFen: "6000000" }],
    });
  });

  it("keeps whose every account is and was, and how it was replaced", async () => {
    const told = await indexer.query<Record<string, object>>(`{
      participant(id: ${BANK}) { account replacements
        accountHistory(orderBy: "since") { items { address replacedBy } }
        replacementHistory(orderBy: "number") { items {
          status former account reasonHash proposedBy approvedBy withdrawnBy completableAt
        } }
        encumbrancesGiven { items { status holder units } }
      }
      account(address: "${accountOf(BANK)}") { participant { id account } }
    }`);
    const [first, second] = market.REGISTRARS;
    const replacement = {
      ...{ former: accountOf(BANK), account: NEW_ACCOUNT, proposedBy: first },
      ...{ approvedBy: null, withdrawnBy: null, completableAt: null },
    };
    expect(told).to.deep.equal({
      participant: {
        ...{ account: NEW_ACCOUNT, replacements: 3 },
        accountHistory: {
          items: [
            { address: accountOf(BANK), replacedBy: NEW_ACCOUNT },
            { address: NEW_ACCOUNT, replacedBy: null },
          ],
        },
        replacementHistory: {
          items: [
            { ...replacement, status: "objected", reasonHash: digestOf("a mistake") },
            { ...replacement, status: "withdrawn", reasonHash: digestOf("a doubt"), withdrawnBy: second },
            {
              ...{ ...replacement, status: "completed", reasonHash: digestOf("lost key") },
              ...{ approvedBy: second, completableAt: "1800000000" },
            },
          ],
        },
        encumbrancesGiven: { items: [{ status: "live", holder: NEW_ACCOUNT, units: "5" }] },
      },
      account: { participant: { id: BANK, account: NEW_ACCOUNT } },
    });
  });

  it("serves the KPIs that come out of the raw logs, over any period", async () => {
    const history = await readHistory(chain.chain, chain.contracts);
    for (const [from, to] of PERIODS) {
      const served = await kpisServed(indexer.url, from, to);
      expect(served, `${from} to ${to}`).to.deep.equal(kpisFromLogs(history, from, to));
    }
  });

  it("shows KPIs as people read them, and nothing where nothing counted", async () => {
    const values = async (from: string, to: string) => {
      const text = await (await fetch(`${indexer.url}/kpi.csv?from=${from}&to=${to}`)).text();
      const [head, ...rows] = text.replace("\uFEFF", "").trimEnd().split("\r\n");
      expect(head).to.equal("id,zh,en,numerator,denominator,unit,value");
      return Object.fromEntries(rows.map((row) => [row.split(",")[0], row.split(",")[6]]));
    };
    const nothing = {
      tradesPerParticipant: "",
      settledWithoutCorrection: "",
      deliveryToMoney: "",
      financingSuccess: "",
    };
    const none = { ...nothing, requestToMoney: "", useOfFunds: "", overdueShare: "", recoveredShare: "" };
    expect(await values("2026-12-04", "2026-12-04")).to.deep.equal({
      ...{ registeredParticipants: "8", activeParticipants: "0", ...none },
    });
    // Four trades between two; 104 and the late 103 were settled by their first reading, 104 was adjusted afterwards.
    expect(await values("2026-12-03", "2026-12-08")).to.include({
      ...{ activeParticipants: "3", tradesPerParticipant: "4.00", settledWithoutCorrection: "25.00" },
      ...{ financingSuccess: "50.00", useOfFunds: "49.57", overdueShare: "" },
    });
    // 30 of 80 fen were not paid on the due day, and 20 of these after the default.
    expect(await values("2026-12-13", "2026-12-13")).to.include({ overdueShare: "37.50", recoveredShare: "66.67" });
  });

  it("follows a claim into default, recovery and beyond", async () => {
    const { receivable } = await indexer.query<{ receivable: object }>(`{ receivable(id: "11") {
      status repaidFen defaultedAt recoveringAt recoveryEvidenceHash recoverer { id } writtenOffAt writeOffEvidenceHash
    } }`);
    const days = (day: number, hour: number) => String((20_790 + day) * 86_400 - 28_800 + hour * 3600);
    expect(receivable).to.deep.equal({
      ...{ status: "writtenOff", repaidFen: "70", defaultedAt: days(17, 9), recoverer: { id: 13 } },
      ...{ recoveringAt: days(18, 10), recoveryEvidenceHash: digestOf("suit") },
      ...{ writtenOffAt: days(19, 9), writeOffEvidenceHash: digestOf("bankruptcy closed") },
    });
  });

  it("gives every day of a period, also those on which nothing happened", async () => {
    const response = await fetch(`${indexer.url}/kpi-days.json?from=2026-12-03&to=2026-12-13`);
    const { days } = (await response.json()) as { days: Record<string, unknown>[] };
    expect(days.map(({ tradesOpened }) => tradesOpened)).to.deep.equal([4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(days.at(-1)).to.include({
      ...{ dueFen: "80", paidInTimeFen: "50", paidLateFen: "20" },
      ...{ defaultedFen: "30", recoveredFen: "20", writtenOffFen: "18" },
    });
    const { kpiDays } = await indexer.query<{ kpiDays: { items: object[] } }>(
      '{ kpiDays(where: { date: "2026-12-05" }) { items { tradesSettled tradesCorrected sellersPaidFen } } }',
    );
    expect(kpiDays.items).to.deep.equal([{ tradesSettled: 3, tradesCorrected: 3, sellersPaidFen: "240" }]);
  });

  it("refuses a period that is none, in one sentence of both languages", async () => {
    for (const period of ["from=2026-12-04&to=2026-12-03", "from=yesterday"]) {
      const response = await fetch(`${indexer.url}/kpi.json?${period}`);
      expect(response.status).to.equal(400);
      expect(((await response.json()) as { error: string }).error).to.match(/^.+\. .+。$/);
    }
  });

  it("is not stopped by what strangers can make the contracts emit", async () => {
    const told = await indexer.query<Record<string, { totalCount: number }>>(`{
      depositTransfers { totalCount } kwhBalances { totalCount } receivableUnits { totalCount }
    }`);
    expect(told).to.deep.equal({
      ...{ depositTransfers: { totalCount: 3 }, kwhBalances: { totalCount: 2 }, receivableUnits: { totalCount: 7 } },
    });
  });
});

function hashOf(curve: market.Curve) {
  return keccak256(market.packed(curve));
}

function claimCounted(mark: number, ends: boolean): Told {
  return told("CreditLedger", "ClaimCounted", { id: 9n, debtor: FACTORY, mark, day: DAY, daysLate: 70, ends });
}

/** What the factory owes more by the second version of the day. */
function difference(kind: number, debtor: number, creditor: number, amountFen: bigint): Told {
  return told("AdjustmentDesk", "DifferenceRecorded", {
    ...{ id: 2n, version: 2, kind, debtor, creditor, dueDay: DAY + 30, amountFen, lateRateBp: 1800 },
  });
}

function units(from: `0x${string}`, to: `0x${string}`, value: bigint, id = 1n): Told {
  return told("Receivables", "TransferSingle", { operator: from, from, to, id, value });
}

function pledged(encumbrance: bigint, amount: bigint): Told {
  return told("Receivables", "ReceivableEncumbered", {
    ...{ encumbrance, id: 2n, holder: accountOf(SUPPLIER), pledgee: BANK, units: amount },
    registrationNumber: "0123\u00004567",
  });
}

function drafted(id: bigint, dueDay: number): Told {
  const invoice = { debtor: FACTORY, deliveryDay: DAY - 5, dueDay, amountFen: 1_000n };
  return told("DraftingDesk", "ClaimDrafted", {
    ...{ id, debtor: FACTORY, creditor: SUPPLIER },
    invoice: { ...invoice, number: 26512000000012345678n, fileHash: digestOf("file") },
  });
}

type Step = "AccountProposed" | "AccountApproved" | "ReplacementObjected" | "ReplacementWithdrawn" | "AccountReplaced";
function newAccount(event: Step, values: object): Told {
  return told("ParticipantRegistry", event, { id: BANK, account: NEW_ACCOUNT, ...values });
}

function proposal(id: number, validUntil: number): Told {
  const application = {
    ...{ account: accountOf(id), size: 2, validUntil, kinds: 512, credentialHash: digestOf("renewal") },
    ...{ secondFactor: FACTOR, exposureLimitFen: 5_000_000n, controller: digestOf("group") },
  };
  return told("ParticipantRegistry", "ParticipantProposed", { id, registrar: market.REGISTRARS[0], application });
}
