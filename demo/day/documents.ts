import {
  anchorDocument,
  documentPlaceOf,
  fetchCiphertext,
  fetchEnvelope,
  fingerprint,
  importReaderKey,
  isNamedBy,
  type OpenedDocument,
  openDocument,
  openReadingSession,
  pointOf,
  type Reader,
  readAllReaders,
  readDocument,
  readEnvelope,
  readerId,
  readReaderOf,
  type SealedDocument,
  type Subject,
  sealDocument,
  storeDocument,
} from "../../sdk/documents/index.ts";
import { type Day, formatKwh, formatYuan, type Operator, OperatorError, type Trade } from "../../sdk/index.ts";
import type { DocumentKind } from "../../sdk/records/enums.ts";
import { practiceReadingKey } from "../local/readingKeys.ts";
import type { LocalActor } from "../local/wallets.ts";
import { type DayMarket, documentHash } from "./market.ts";
import { DayRefused } from "./refused.ts";

/** Who reads documents on the day; the others enrol a key in the page. */
const READERS: readonly LocalActor[] = ["hydroStation", "factory", "supplier", "bankA", "auditor"];
const SERVICE_FEN = 38_600_00n;
const PAYABLE_DAYS = 30;

/** Two registrars enrol reading keys, and the council names who reads every document. */
export async function enrolReaders(market: DayMarket): Promise<void> {
  for (const actor of READERS) {
    const reader = readerId(await readerOfActor(market, actor));
    const { x, y } = await pointOf(await keyOf(actor));
    await market.send("registrar1", "DocumentRegistry", "proposeKey", [reader, x, y]);
    await market.send("registrar2", "DocumentRegistry", "approveKey", [reader, x, y]);
  }
  await market.send("council", "DocumentRegistry", "setAuditor", [readerId(await readerOfActor(market, "auditor"))]);
  const read = fingerprint(await pointOf(await keyOf("hydroStation")));
  market.say({
    zh: `${READERS.length} 个阅读密钥由一名注册员登记、另一名与持有人核对指纹后批准（${market.name("hydroStation")}：${read}）；理事会指定${market.name("auditor")}阅读全部文件。`,
    en: `${READERS.length} reading keys were proposed by one registrar and approved by another, who compared fingerprints (${market.name("hydroStation")}: ${read}); the council names the ${market.name("auditor")}, who reads every document.`,
  });
}

/** The contract of a trade, for its two sides and the auditor: who is none of them is not handed it. */
export async function sealContract(
  market: DayMarket,
  trade: bigint,
  { totalEnergyWh, totalAmountFen }: Pick<Trade, "totalEnergyWh" | "totalAmountFen">,
): Promise<void> {
  const text = [
    `购售电合同 · Contract for electricity, trade ${trade}`,
    `售电方 seller: ${market.name("hydroStation")}`,
    `购电方 buyer: ${market.name("factory")}`,
    `${formatKwh(totalEnergyWh)}, ${formatYuan(totalAmountFen)}`,
    "违约责任、保密与争议解决见附件 · liability, secrecy and disputes: see the annex",
  ].join("\n");
  const file = new Blob([`${text}\n`], { type: "text/plain" });
  const sealed = await anchor(market, "hydroStation", {
    ...{ file, name: `contract-trade-${trade}.txt`, kind: "Contract", subject: { kind: "Trade", id: trade } },
    readers: ["factory"],
  });
  const opened = await open(market, "factory", sealed.id);
  if ((await opened.file.text()) !== (await file.text()))
    throw new DayRefused({ en: "The buyer opens another contract.", zh: "买方打开的不是同一份合同。" });
  const refused = await refusal(market, "bankA", sealed.id);
  market.say({
    zh: `合同加密登记：交易 ${trade} 的合同仅${market.name("hydroStation")}、${market.name("factory")}与${market.name("auditor")}可读，链上只有密文哈希；${market.name("factory")}打开并与链上核对一致。`,
    en: `The contract of trade ${trade} is sealed for ${market.name("hydroStation")}, ${market.name("factory")} and the ${market.name("auditor")}, the chain has the hash of its ciphertext alone; ${market.name("factory")} opened it and found it to be what was anchored.`,
  });
  market.say({
    zh: `${market.name("bankA")}不是读者：${refused.zh}`,
    en: `${market.name("bankA")} is no reader: ${refused.en}`,
  });
}

/** A supplier drafts what it is owed by an invoice, which debtor and bank read and compare with the draft. */
export async function sealInvoice(market: DayMarket, deliveryDay: Day, today: Day): Promise<void> {
  const number = 20_260_000_000_000_000_001n;
  const text = `增值税发票 · VAT invoice ${number}\n${market.name("supplier")} → ${market.name("hydroStation")}\n水轮机检修 turbine service: ${formatYuan(SERVICE_FEN)}\n`;
  const file = new Blob([text], { type: "text/plain" });
  const invoice = {
    ...{ debtor: market.id("hydroStation"), deliveryDay, dueDay: today + PAYABLE_DAYS, amountFen: SERVICE_FEN },
    ...{ number, fileHash: documentHash(text) },
  };
  const draft = await market.send("supplier", "DraftingDesk", "draft", [invoice]);
  const sealed = await anchor(market, "supplier", {
    ...{ file, name: `invoice-${number}.txt`, kind: "Invoice", subject: { kind: "Draft", id: draft } },
    readers: ["hydroStation", "bankA"],
  });
  for (const reader of ["hydroStation", "bankA"] as const) {
    const opened = await open(market, reader, sealed.id);
    const { invoice: drafted } = await market.read("DraftingDesk", "draftOf", [draft]);
    if (!isNamedBy(opened, drafted.fileHash))
      throw new DayRefused({
        en: `${market.name(reader)} opened another invoice than draft ${draft} names.`,
        zh: `${market.name(reader)}打开的发票与草稿 ${draft} 所记不符。`,
      });
  }
  market.say({
    zh: `${market.name("supplier")}起草 ${formatYuan(SERVICE_FEN)} 的应收账款（草稿 ${draft}），发票加密给债务人${market.name("hydroStation")}与${market.name("bankA")}：双方打开后与草稿所记哈希一致，待债务人确权。`,
    en: `${market.name("supplier")} drafts a claim of ${formatYuan(SERVICE_FEN)} (draft ${draft}), its invoice sealed for the debtor, ${market.name("hydroStation")}, and ${market.name("bankA")}: both opened it and found the file that the draft names; it waits for the debtor's signature.`,
  });
}

interface Paper {
  file: Blob;
  name: string;
  kind: Exclude<DocumentKind, "None">;
  subject: Subject;
  /** Beside owner and auditor. */
  readers: readonly LocalActor[];
}

async function anchor(market: DayMarket, as: LocalActor, { readers, ...paper }: Paper): Promise<SealedDocument> {
  const { platform } = market;
  const owner = await readerOfActor(market, as);
  const keyed = await readAllReaders(
    platform,
    owner,
    await Promise.all(readers.map((one) => readerOfActor(market, one))),
  );
  const sealed = await sealDocument(documentPlaceOf(platform), { ...paper, owner, readers: keyed });
  await market.send(as, "DocumentRegistry", "anchor", anchorDocument(platform, sealed).args);
  await storeDocument(await storeAs(market, as), sealed);
  return sealed;
}

async function open(market: DayMarket, as: LocalActor, id: SealedDocument["id"]): Promise<OpenedDocument> {
  const { platform } = market;
  const [store, reader] = [await storeAs(market, as), await readerOfActor(market, as)];
  const [document, anchored] = [await readDocument(platform, id), await readEnvelope(platform, id, reader)];
  if (document === undefined || anchored === undefined)
    throw new DayRefused({
      en: `${market.name(as)} does not read ${id}.`,
      zh: `${market.name(as)}不是 ${id} 的读者。`,
    });
  const [envelope, ciphertext] = [await fetchEnvelope(store, id), await fetchCiphertext(store, id)];
  const input = { document, anchored, reader, envelope, ciphertext, key: await keyOf(as) };
  return openDocument(documentPlaceOf(platform), input);
}

/** Why somebody is not handed a document. */
async function refusal(market: DayMarket, as: LocalActor, id: SealedDocument["id"]) {
  const error = await fetchCiphertext(await storeAs(market, as), id).catch((thrown: unknown) => thrown);
  if (error instanceof OperatorError) return error.sentences;
  throw new DayRefused({ en: `${market.name(as)} was handed ${id}.`, zh: `${market.name(as)}取得了 ${id}。` });
}

/** The store, as somebody who signed its challenge. */
async function storeAs(market: DayMarket, actor: LocalActor): Promise<Operator> {
  const store = { url: market.exchange.url, language: market.language };
  const account = market.account(actor);
  const { token } = await openReadingSession(store, account.address, documentPlaceOf(market.platform), account);
  return { ...store, token };
}

const keyOf = (actor: LocalActor) => importReaderKey(practiceReadingKey(actor));

async function readerOfActor(market: DayMarket, actor: LocalActor): Promise<Reader> {
  const reader = await readReaderOf(market.platform, market.address(actor));
  if (reader === undefined)
    throw new DayRefused({ en: `${market.name(actor)} reads nothing.`, zh: `${market.name(actor)}不能阅读文件。` });
  return reader;
}
