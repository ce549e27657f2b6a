import { type Abi, type AbiFunction, type AbiParameter, type Address, toFunctionSignature, zeroAddress } from "viem";
import { ROLES, type RoleName } from "../access/roles.ts";
import { ROLE_WORDS } from "../access/words.ts";
import { ABIS } from "../chain/abis.ts";
import type { Deployment } from "../chain/deployment.ts";
import { DEBT_CODE_ENTRIES } from "../debts/codes.ts";
import { DEBT_CODES } from "../debts/enums.ts";
import { DEVIATION_PAYEES, DEVIATION_PERIODS, NONCE_KINDS } from "../market/enums.ts";
import { DOCUMENT_KINDS, SUBJECT_KINDS } from "../records/enums.ts";
import { marketDomain } from "../signing/typedData.ts";
import { DIRECTIONS, FIRM_SIZES, SOURCES, VOLTAGES } from "../types/enums.ts";
import { CALL_FIELDS } from "./callFields.ts";
import { CALLS, type CalledName } from "./calls.ts";
import { SCHEMA, type ShownField } from "./shownField.ts";

/** An ERC-7730 descriptor: how a wallet shows the transactions that people send to one contract. */
export type CallDescriptor = ReturnType<typeof descriptor>;

type Deployed = { chainId: number; address: Address }[];

/** ERC-7730 descriptors of what people send to a deployment, for wallets that show transactions field by field. */
export function clearCalls({ chainId, contracts }: Pick<Deployment, "chainId" | "contracts">) {
  return describe((name) => [{ chainId, address: contracts[name].address }]);
}

/** The same before anything is deployed: what the files in erc7730/ say. */
export function commonClearCalls() {
  return describe(() => undefined);
}

function describe(deployments: (name: CalledName) => Deployed | undefined) {
  const names = Object.keys(CALLS) as CalledName[];
  const all = names.map((name) => [name, descriptor(name, deployments(name))]);
  return Object.fromEntries(all) as Record<CalledName, CallDescriptor>;
}

function descriptor(contract: CalledName, deployments: Deployed | undefined) {
  const intents: Record<string, string> = CALLS[contract];
  const abi = (ABIS[contract] as Abi).filter(
    (item): item is AbiFunction => item.type === "function" && item.name in intents,
  );
  const formats = abi.map((called) => {
    const fields = called.inputs.flatMap((input) => fieldsOf(`${contract}.${called.name}`, input, ""));
    return [toFunctionSignature(called), { intent: intents[called.name], fields }] as const;
  });
  const used = formats.flatMap(([, { fields }]) => fields.map(({ params }) => String(params?.$ref ?? "")));
  const enums = Object.entries(ENUMS).filter(([name]) => used.includes(`$.metadata.enums.${name}`));
  return {
    $schema: SCHEMA,
    context: { contract: { ...(deployments && { deployments }), abi } },
    metadata: {
      owner: marketDomain({ chainId: 0, escrow: zeroAddress }).name,
      ...(enums.length > 0 && { enums: Object.fromEntries(enums) }),
    },
    display: { formats: Object.fromEntries(formats) },
  };
}

/** Everything that is sent is shown: each part of a structure, each entry of a list. */
function fieldsOf(call: string, input: AbiParameter, before: string): ShownField[] {
  const path = `${before}${input.name}${input.type.endsWith("]") ? ".[]" : ""}`;
  if ("components" in input) return input.components.flatMap((part) => fieldsOf(call, part, `${path}.`));
  const [contract] = call.split(".");
  const keys = [`${call}.${path}`, `${contract}.${input.name}`, `${input.name}`];
  const own = keys.map((key) => CALL_FIELDS[key]).find((shown) => shown !== undefined);
  if (own === undefined) throw new Error(`Nothing says how a wallet shows ${path} of ${call}.`);
  return [{ path, ...own }];
}

/** Words for the numbers of an enum, in both languages. */
function labels<const Names extends readonly string[]>(names: Names, words: Record<Names[number], string>) {
  return Object.fromEntries(names.map((name, number) => [number, words[name as Names[number]]]));
}

const ENUMS: Record<string, Record<string, string>> = {
  size: labels(FIRM_SIZES, {
    Unspecified: "unspecified 未注明",
    Micro: "micro 微型",
    Small: "small 小型",
    Medium: "medium 中型",
    Large: "large 大型",
  }),
  nonceKind: labels(NONCE_KINDS, {
    SellOrder: "sell orders 卖单",
    BuyOrder: "buy orders 买单",
    Trade: "trades 双边交易",
  }),
  documentKind: labels(DOCUMENT_KINDS, {
    None: "none 无",
    Contract: "contract 合同",
    Invoice: "invoice 发票",
    MeterCertificate: "meter certificate 计量证书",
    Credential: "credentials 证照",
    Reason: "reason 事由文件",
    Exhibit: "exhibit 举证材料",
    Evidence: "evidence of a trade 交易存证包",
    ScoreCard: "score card 评分说明",
  }),
  subjectKind: labels(SUBJECT_KINDS, {
    None: "none 无",
    Trade: "trade 交易",
    MeterDay: "meter day 计量日",
    Debt: "debt 债务",
    Receivable: "receivable 应收账款",
    Draft: "draft 草稿",
    Participant: "participant 参与方",
  }),
  direction: labels(DIRECTIONS, { None: "none 无", Generation: "generation 发电", Consumption: "consumption 用电" }),
  voltage: labels(VOLTAGES, {
    Below1kV: "below 1 kV 不满 1 kV",
    KV10: "10 kV",
    KV35: "35 kV",
    KV110: "110 kV",
    KV220: "220 kV",
    KV500: "500 kV",
  }),
  source: labels(SOURCES, {
    None: "none 无",
    HydroRunOfRiver: "run-of-river hydro 径流式水电",
    HydroSeasonal: "seasonal hydro 季调节水电",
    HydroAnnual: "annual hydro 年调节水电",
    Wind: "wind 风电",
    Solar: "solar 光伏",
    Thermal: "thermal 火电",
    Storage: "storage 储能",
  }),
  period: labels(DEVIATION_PERIODS, { Exempt: "exempt 免除", Slot: "quarter-hour 时段", Day: "day 日" }),
  payee: labels(DEVIATION_PAYEES, { Buyer: "buyer 买方", BalancingAccount: "balancing account 平衡资金账户" }),
  code: Object.fromEntries(
    DEBT_CODES.flatMap((name, number) => {
      if (name === "None") return [];
      const { en, zh } = DEBT_CODE_ENTRIES[name];
      return [[number, `${en} ${zh}`]];
    }),
  ),
  role: Object.fromEntries(
    (Object.keys(ROLES) as RoleName[]).map((role) => [
      String(ROLES[role]),
      `${ROLE_WORDS[role].en} ${ROLE_WORDS[role].zh}`,
    ]),
  ),
};
