import type { HDNodeWallet } from "ethers";
import { publicWallet } from "../../scripts/deploy/publicWallet.ts";

/** Who acts on the local chain, in the order of the mnemonic's accounts. New ones come last. */
const NAMES = {
  deployer: { zh: "部署者", en: "deployer" },
  council: { zh: "联盟理事会", en: "council" },
  registrar1: { zh: "市场注册员一", en: "first registrar" },
  registrar2: { zh: "市场注册员二", en: "second registrar" },
  compliance: { zh: "合规员", en: "compliance officer" },
  meterOperator: { zh: "电能计量中心", en: "metering centre" },
  marketOperator: { zh: "电力交易中心", en: "power exchange" },
  ruleMaker: { zh: "市场规则委员会", en: "market rules committee" },
  settlementBank: { zh: "第一结算银行", en: "first settlement bank" },
  arbiter: { zh: "仲裁员", en: "arbiter" },
  guardian: { zh: "应急监护人", en: "guardian" },
  gridCompany: { zh: "电网企业", en: "grid company" },
  balancingAccount: { zh: "平衡资金账户", en: "balancing account" },
  hydroStation: { zh: "岷江水电站", en: "Minjiang hydro station" },
  solarPlant: { zh: "都江堰光伏电站", en: "Dujiangyan solar plant" },
  factory: { zh: "青城机械厂", en: "Qingcheng machine works" },
  retailer: { zh: "蜀源售电公司", en: "Shuyuan retailer" },
  supplier: { zh: "水轮机供应商", en: "turbine supplier" },
  bankA: { zh: "第一融资银行", en: "first financing bank" },
  bankB: { zh: "第二融资银行", en: "second financing bank" },
  household: { zh: "屋顶光伏户", en: "rooftop household" },
  windFarm: { zh: "凉山风电场", en: "Liangshan wind farm" },
  shoppingCentre: { zh: "都江商业中心", en: "Dujiang shopping centre" },
  chargingOperator: { zh: "都江充电运营商", en: "Dujiang charging operator" },
  keeper: { zh: "到期任务执行账户", en: "keeper of the power exchange" },
  secondSettlementBank: { zh: "第二结算银行", en: "second settlement bank" },
  supplierReviewer: { zh: "水轮机供应商复核员", en: "second person at the turbine supplier" },
  auditor: { zh: "审计机构", en: "auditor" },
} as const satisfies Record<string, WalletName>;

export interface WalletName {
  zh: string;
  en: string;
}
export type LocalActor = keyof typeof NAMES;
export interface LocalWallet {
  name: WalletName;
  wallet: HDNodeWallet;
}

/** The wallets of the local chain by what they are for; connect them to a provider before use. */
export const wallets = Object.fromEntries(
  Object.entries(NAMES).map(([actor, name], index) => [actor, { name, wallet: publicWallet(index) }]),
) as Record<LocalActor, LocalWallet>;
