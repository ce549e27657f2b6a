import { type Fen, formatKwh, formatYuan, readEvents, sumCurve, type Wh } from "../../sdk/index.ts";
import type { LocalActor } from "../local/wallets.ts";
import { table } from "../terminal.ts";
import type { Language, Words } from "./language.ts";
import type { DayMarket } from "./market.ts";
import type { DayReadings } from "./readings.ts";
import { DayRefused } from "./refused.ts";

/** The day of one participant, in sums. */
export interface Line {
  actor: LocalActor;
  participant: number;
  soldWh: Wh;
  boughtWh: Wh;
  /** Net amount of the day's trades, paid or owed, by the operator's daily statement. */
  netFen: Fen;
  paidFen: Fen;
  receivedFen: Fen;
  issuedFen: Fen;
  /** A claim on this bank. */
  bank: number;
  balanceFen: Fen;
}

export interface Statement {
  lines: Line[];
  /** The same, read from the token contracts instead of summed up from events. */
  proof: Words[];
}

/**
 * Puts the operator's daily statements beside what each participant paid and received in all, and compares both with
 * the trades and with what the token contracts say.
 */
export async function drawUp(market: DayMarket, { day, places, further }: DayReadings): Promise<Statement> {
  const { platform } = market;
  const [issued, moved, settled, claimed, surplus, retired] = [
    await readEvents(platform, "DepositToken", ["Issued"]),
    (await readEvents(platform, "DepositToken", ["HoldsReduced"])).flatMap(({ args }) => args.moves),
    await readEvents(platform, "TradeEscrow", ["TradeSettled"]),
    await readEvents(platform, "TradeEscrow", ["KwhClaimed"]),
    await readEvents(platform, "TradeEscrow", ["SurplusMinted"]),
    await readEvents(platform, "KwhToken", ["KwhRetired"]),
  ];
  const lines: Line[] = [];
  for (const [actor, participant] of market.participants) {
    const { isFinal, totals } = await market.exchange.statement(participant, day);
    if (!isFinal)
      throw new DayRefused({
        en: `${market.name(actor)}: the statement of the day is not final.`,
        zh: `${market.name(actor)}：日清单尚未定稿。`,
      });
    const paid = moved.filter(({ payer, payee }) => payer === participant && payee !== 0);
    lines.push({
      actor,
      participant,
      soldWh: BigInt(totals.soldWh),
      boughtWh: BigInt(totals.boughtWh),
      netFen: BigInt(totals.netFen),
      paidFen: sum(paid.map(({ amountFen }) => amountFen)),
      receivedFen: sum(moved.filter(({ payee }) => payee === participant).map(({ amountFen }) => amountFen)),
      issuedFen: sum(issued.filter(({ args }) => args.participant === participant).map(({ args }) => args.amountFen)),
      bank: await market.read("DepositToken", "bankOf", [participant]),
      balanceFen: await market.read("DepositToken", "balanceOfParticipant", [participant]),
    });
  }
  const deliveredWh = sum(settled.map(({ args }) => args.deliveredWh));
  for (const side of ["soldWh", "boughtWh"] as const) {
    requireSame(`statements, ${side}`, sum(lines.map((line) => line[side])), deliveredWh);
  }
  requireSame("statements, net", sum(lines.map(({ netFen }) => netFen)), 0n);
  await checkMoney(market, lines);
  const debts = await addUpDebts(market);
  requireSame("kWh claimed", sum(claimed.map(({ args }) => args.energyWh)), deliveredWh);
  const mintedWh = deliveredWh + sum(surplus.map(({ args }) => args.energyWh));
  const retiredWh = sum(retired.map(({ args }) => args.amountWh));
  const generated = [...Object.values(places), ...further].filter(({ place }) => place.direction === "generation");
  requireSame("kWh", sum(generated.map(({ curve }) => sumCurve(curve))), mintedWh);
  await checkEnergy(market, mintedWh - retiredWh);
  const paid = sum(lines.map(({ paidFen }) => paidFen));
  const deposits = await market.read("DepositToken", "totalSupply", []);
  return {
    lines,
    proof: [
      {
        zh: `日清单相符：各户交付之和等于购入之和，净额合计为零；“支付”“收到”还包括融资与还款。`,
        en: "The daily statements agree: as much delivered as bought, and the nets add up to zero; paid and received include the financing and its repayment.",
      },
      {
        zh: `分毫不差：共支付 ${formatYuan(paid)}，共收到同样数额；每户余额 = 存入 + 收到 − 支付，合计 ${formatYuan(deposits)} 等于存款总量，没有余下的冻结款。`,
        en: `Every fen adds up: ${formatYuan(paid)} paid and as much received; each balance is deposits + received - paid, together the ${formatYuan(deposits)} that the token contract counts; nothing is held any more.`,
      },
      {
        zh: `债务两清：应付共 ${formatYuan(debts.postedFen)} = 已付 ${formatYuan(debts.paidFen)} + 互抵 ${formatYuan(debts.setOffFen)} + 冲减 ${formatYuan(debts.reducedFen)}，无人再欠。`,
        en: `No debt is left: ${formatYuan(debts.postedFen)} were owed, of which ${formatYuan(debts.paidFen)} were paid, ${formatYuan(debts.setOffFen)} set off and ${formatYuan(debts.reducedFen)} taken back.`,
      },
      {
        zh: `电量凭证：计量发电 ${formatKwh(mintedWh)} 已由买方领取或作为余电全部铸造，注销 ${formatKwh(retiredWh)}，其余在各账户中。`,
        en: `Every Wh adds up: ${formatKwh(mintedWh)} metered, claimed by buyers or minted as surplus, ${formatKwh(retiredWh)} retired, the rest in the holders' accounts.`,
      },
    ],
  };
}

async function checkMoney(market: DayMarket, lines: readonly Line[]): Promise<void> {
  for (const { actor, participant, issuedFen, receivedFen, paidFen, balanceFen } of lines) {
    const held = await market.read("DepositToken", "heldOf", [participant]);
    requireSame(`${market.name(actor)}: balance`, issuedFen + receivedFen - paidFen, balanceFen);
    requireSame(`${market.name(actor)}: held`, 0n, held);
  }
  const supply = await market.read("DepositToken", "totalSupply", []);
  requireSame("balances", sum(lines.map(({ balanceFen }) => balanceFen)), supply);
}

/** What was owed in the day and how it ended, without late fees; every debt must have ended. */
async function addUpDebts({ platform }: DayMarket) {
  const amounts = async (name: "DebtPosted" | "DebtPaid" | "DebtSetOff" | "DebtReduced") =>
    sum((await readEvents(platform, "DebtLedger", [name])).map(({ args }) => args.amountFen));
  const [postedFen, paidFen, setOffFen, reducedFen] = [
    await amounts("DebtPosted"),
    await amounts("DebtPaid"),
    await amounts("DebtSetOff"),
    await amounts("DebtReduced"),
  ];
  requireSame("debts", paidFen + setOffFen + reducedFen, postedFen);
  return { postedFen, paidFen, setOffFen, reducedFen };
}

/** What the accounts hold, read from the token for every account and meter day in its events. */
async function checkEnergy(market: DayMarket, expectedWh: Wh): Promise<void> {
  const transfers = await readEvents(market.platform, "KwhToken", ["TransferSingle"]);
  const ids = [...new Set(transfers.map(({ args }) => args.id))];
  let heldWh = 0n;
  for (const actor of market.participants.keys()) {
    for (const id of ids) heldWh += await market.read("KwhToken", "balanceOf", [market.address(actor), id]);
  }
  requireSame("kWh", expectedWh, heldWh);
}

function requireSame(what: string, computed: bigint, onChain: bigint): void {
  if (computed === onChain) return;
  throw new DayRefused({
    en: `${what}: ${computed} as computed, but ${onChain} on chain: the day does not add up.`,
    zh: `${what}：计算为 ${computed}，链上为 ${onChain}：当日账目不符。`,
  });
}

/** The statement as tables for a terminal: the energy of the day, and the money. */
export function tables(market: DayMarket, lines: readonly Line[], language: Language): string[] {
  const energy = {
    zh: ["参与方", "交付", "购入", "日清净额"],
    en: ["participant", "delivered", "bought", "net of the day"],
  }[language];
  const money = {
    zh: ["参与方", "支付", "收到", "存款余额"],
    en: ["participant", "paid", "received", "deposits now"],
  }[language];
  const accounts = { zh: ["参与方", "开户银行"], en: ["participant", "bank"] }[language];
  const kwh = (wh: Wh) => (wh === 0n ? "-" : formatKwh(wh));
  const yuan = (fen: Fen) => (fen === 0n ? "-" : formatYuan(fen));
  return [
    table(
      energy,
      lines.map((line) => [market.name(line.actor), kwh(line.soldWh), kwh(line.boughtWh), yuan(line.netFen)]),
    ),
    table(
      money,
      lines.map((line) => [
        market.name(line.actor),
        yuan(line.paidFen),
        yuan(line.receivedFen),
        formatYuan(line.balanceFen),
      ]),
    ),
    table(
      accounts,
      lines.map((line) => [market.name(line.actor), market.nameOf(line.bank)]),
    ),
  ];
}

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
