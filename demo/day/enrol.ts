import { buildSheet, FIRM_SIZES, type FirmSize, type Kind, kindBits, sheetHash } from "../../sdk/index.ts";
import { type LocalActor, wallets } from "../local/wallets.ts";
import { type DayMarket, documentHash } from "./market.ts";

interface Applicant {
  kinds: Kind[];
  size: FirmSize;
  /** Who confirms whatever it gives away; its key alone gives nothing. */
  secondFactor?: LocalActor;
}

/** Those come first that the network's parameters name by number: grid company, balancing account and settlement banks. */
const APPLICANTS: [LocalActor, Applicant][] = [
  ["gridCompany", { kinds: ["gridCompany"], size: "Large" }],
  ["balancingAccount", { kinds: ["balancingAccount"], size: "Unspecified" }],
  ["settlementBank", { kinds: ["bank"], size: "Large" }],
  ["secondSettlementBank", { kinds: ["bank"], size: "Large" }],
  ["hydroStation", { kinds: ["generator"], size: "Small" }],
  ["solarPlant", { kinds: ["generator"], size: "Small" }],
  ["household", { kinds: ["generator", "consumer"], size: "Unspecified" }],
  ["factory", { kinds: ["consumer"], size: "Large" }],
  ["shoppingCentre", { kinds: ["consumer"], size: "Medium" }],
  ["chargingOperator", { kinds: ["consumer"], size: "Small" }],
  ["retailer", { kinds: ["retailer"], size: "Medium" }],
  ["supplier", { kinds: ["supplier"], size: "Small", secondFactor: "supplierReviewer" }],
  ["bankA", { kinds: ["bank"], size: "Large" }],
  ["bankB", { kinds: ["bank"], size: "Large" }],
];

const VALID_DAYS = 3 * 365;

/** Every participant is proposed by one registrar and approved by another, who repeats what was read. */
export async function enrol(market: DayMarket, today: number): Promise<void> {
  for (const [actor, { kinds, size, secondFactor }] of APPLICANTS) {
    const application = {
      account: market.address(actor),
      size: FIRM_SIZES.indexOf(size),
      validUntil: today + VALID_DAYS,
      kinds: kindBits(kinds),
      credentialHash: sheetHash(sheetOf(actor)),
      secondFactor: secondFactor === undefined ? ("0x" as const) : market.address(secondFactor),
      exposureLimitFen: 0n,
      controller: documentHash(`unified social credit code of ${actor}`),
    };
    const id = await market.send("registrar1", "ParticipantRegistry", "propose", [application]);
    await market.send("registrar2", "ParticipantRegistry", "approve", [id, application]);
    market.participants.set(actor, id);
  }
  const names = APPLICANTS.map(([actor]) => actor);
  market.say({
    zh: `${names.length} 个参与方由两名注册员先后提交、批准，电网企业、平衡资金账户和两家结算银行在先（1 至 4 号）。`,
    en: `${names.length} participants were proposed by one registrar and approved by another, grid company, balancing account and two settlement banks first (ids 1 to 4).`,
  });
}

/** What the registrars keep of a participant, and its credential hash is made of. */
const sheetOf = (actor: LocalActor) =>
  buildSheet({ name: wallets[actor].name, papers: [{ title: "licence", hash: documentHash(`licence of ${actor}`) }] });

/** The registrars hand in the sheets behind the credential hashes. */
export async function nameParticipants(market: DayMarket): Promise<void> {
  await market.exchange.names(APPLICANTS.map(([actor]) => sheetOf(actor)));
  market.say({
    zh: "注册员向运营服务提交登记表：成员凭名称相识，任何人都可与链上证照哈希核对。",
    en: "The registrars hand in the sheets behind the credential hashes: members know each other by name, and anybody checks a name by its hash.",
  });
}
