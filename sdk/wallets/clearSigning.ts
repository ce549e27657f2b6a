import { type Address, getTypesForEIP712Domain, zeroAddress } from "viem";
import type { Deployment } from "../chain/deployment.ts";
import { CONFIRMATION_TYPES } from "../finance/confirmation.ts";
import { FACTOR_TYPES } from "../identity/secondFactor.ts";
import { MARKET_TYPES } from "../market/typedData.ts";
import { PERMIT_TYPES } from "../money/permit.ts";
import { marketDomain } from "../signing/typedData.ts";
import { ADDRESS, ENERGY, MONEY, PRICE, RAW, SCHEMA, SECOND, type ShownField } from "./shownField.ts";

/** The EIP-712 types of everything that is signed on the platform. */
export const TYPES = { ...MARKET_TYPES, ...CONFIRMATION_TYPES, ...FACTOR_TYPES, ...PERMIT_TYPES } as const;

/** Label, in both languages because a device shows one text, and format of each field that is signed. */
const SHOWN: Record<string, Omit<ShownField, "path">> = {
  seller: { label: "Seller 卖方", ...ADDRESS },
  buyer: { label: "Buyer 买方", ...ADDRESS },
  owner: { label: "Holder 持有人", ...ADDRESS },
  spender: { label: "May move deposits 被授权方", ...ADDRESS },
  debtor: { label: "Debtor 债务人", ...ADDRESS },
  creditor: { label: "Creditor 债权人", ...ADDRESS },
  meter: { label: "Meter 计量点", ...RAW },
  sellerMeter: { label: "Seller's meter 卖方计量点", ...RAW },
  buyerMeter: { label: "Buyer's meter 买方计量点", ...RAW },
  deliveryDate: { label: "Delivery date 交割日", ...RAW },
  "bands.[].fromSlot": { label: "From quarter-hour 起始时段", ...RAW },
  "bands.[].toSlot": { label: "Before quarter-hour 截止时段", ...RAW },
  "bands.[].energyWhPerSlot": { label: "Energy a quarter-hour 每时段电量", ...ENERGY },
  "bands.[].priceFenPerMWh": { label: "Price 电价", ...PRICE },
  totalEnergyWh: { label: "Total energy 总电量", ...ENERGY },
  totalAmountFen: { label: "Total amount 总金额", ...MONEY },
  maxPaymentFen: { label: "Pay at most 最高支付", ...MONEY },
  maxBondFen: { label: "Bond at most 最高履约保证金", ...MONEY },
  paymentDays: { label: "Days until payment 账期（天）", ...RAW },
  continuous: { label: "May match before the auction 参加连续撮合", ...RAW },
  greenCertificates: { label: "With green certificates 含绿证", ...RAW },
  value: { label: "At most 最高金额", ...MONEY },
  amountFen: { label: "Owed 欠款", ...MONEY },
  dueDate: { label: "Due date 到期日", ...RAW },
  invoiceNumber: { label: "Invoice number 发票号码", ...RAW },
  invoiceHash: { label: "Invoice file hash 发票文件哈希", ...RAW },
  participant: { label: "Participant 参与方", ...RAW },
  subject: { label: "What is confirmed 确认内容", ...RAW },
  draft: { label: "Draft 草稿编号", ...RAW },
  expiry: { label: "Valid until 有效期至", ...SECOND },
  deadline: { label: "Valid until 有效期至", ...SECOND },
  nonce: { label: "Nonce 序号", ...RAW },
};

const INTENTS = {
  Trade: "Trade electricity 电能交易",
  SellOrder: "Offer electricity 售电报单",
  BuyOrder: "Bid for electricity 购电报单",
  ReceivableConfirmation: "Confirm a debt 确认应付账款",
  Confirmation: "Confirm as second factor 第二因子确认",
  Permit: "Let somebody move deposits 授权动用存款",
} as const;

type Signed = keyof typeof INTENTS;

const DOMAIN = getTypesForEIP712Domain({ domain: marketDomain({ chainId: 0, escrow: zeroAddress }) });

/** What is signed for which contract. */
const SIGNED_FOR = {
  TradeEscrow: ["Trade", "SellOrder", "BuyOrder"],
  DraftingDesk: ["ReceivableConfirmation"],
  SecondFactor: ["Confirmation"],
  DepositToken: ["Permit"],
} as const satisfies Record<string, readonly Signed[]>;

type Signatory = keyof typeof SIGNED_FOR;

/** An ERC-7730 descriptor: how a wallet shows what is signed for one contract. */
export type Descriptor = ReturnType<typeof descriptor>;

/**
 * ERC-7730 descriptors of everything that is signed for a deployment, for wallets that show messages field by field: one
 * for each contract that takes signatures.
 */
export function clearSigning({ chainId, contracts }: Pick<Deployment, "chainId" | "contracts">) {
  return describe((name) => [{ chainId, address: contracts[name].address }]);
}

/**
 * The same before anything is deployed: what the files in erc7730/ say. A descriptor of one deployment may include such a
 * file and add `context.eip712.deployments`.
 */
export function commonClearSigning() {
  return describe(() => undefined);
}

function describe(deployments: (name: Signatory) => { chainId: number; address: Address }[] | undefined) {
  const names = Object.keys(SIGNED_FOR) as Signatory[];
  const all = names.map((name) => [name, descriptor(name, deployments(name))]);
  return Object.fromEntries(all) as Record<Signatory, Descriptor>;
}

function descriptor(contract: Signatory, deployments: { chainId: number; address: Address }[] | undefined) {
  const signed: readonly Signed[] = SIGNED_FOR[contract];
  const { name, version } = marketDomain({ chainId: 0, escrow: zeroAddress });
  return {
    $schema: SCHEMA,
    context: {
      eip712: {
        // Deposits have the name that their bank gave them.
        domain: contract === "DepositToken" ? { version } : { name, version },
        ...(deployments && { deployments }),
        schemas: signed.map((primaryType) => ({ primaryType, types: typesOf(primaryType) })),
      },
    },
    metadata: { owner: name },
    display: {
      formats: Object.fromEntries(signed.map((type) => [type, { intent: INTENTS[type], fields: fieldsOf(type) }])),
    },
  };
}

function typesOf(primaryType: Signed) {
  const fields: readonly { type: string }[] = TYPES[primaryType];
  const own = { EIP712Domain: DOMAIN, [primaryType]: TYPES[primaryType] };
  return fields.some(({ type }) => type === "Band[]") ? { ...own, Band: TYPES.Band } : own;
}

/** Everything that is signed is shown: nothing is left for a wallet to hide. */
function fieldsOf(type: Signed): ShownField[] {
  const paths = TYPES[type].flatMap(({ name }) =>
    name === "bands" ? TYPES.Band.map((part) => `bands.[].${part.name}`) : [name as string],
  );
  return paths.map((path) => {
    const shown = SHOWN[path];
    if (shown === undefined) throw new Error(`Nothing says how a wallet shows ${path} of ${type}.`);
    return { path, ...shown };
  });
}
