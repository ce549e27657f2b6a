import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the kWh token refuses. */
export const ENERGY_SENTENCES: Sentences = {
  KwhToken_ExceedsConsumption: {
    en: "{amountWh} cannot be retired: meter {meter} consumed only {leftWh} more on {day}.",
    zh: "不能注销 {amountWh}：计量点 {meter} 在 {day} 的用电量仅余 {leftWh} 可注销。",
  },
  KwhToken_MinterInCharge: {
    en: "The escrow {minter} is in charge from {fromDay} on, and its days may be open for trading: approve a successor instead.",
    zh: "托管合约 {minter} 自 {fromDay} 起负责，其交割日可能已开放交易：请改为批准后继合约。",
  },
  KwhToken_MinterOutOfRange: {
    en: "An escrow cannot take over on {fromDay}: the day lies from {earliest} to {latest}.",
    zh: "新的托管合约不能从 {fromDay} 起接管：起始日须在 {earliest} 至 {latest} 之间。",
  },
  KwhToken_NotFinal: {
    en: "The consumption of meter {meter} on {day} is not final, or the curve given is not the one in force: wait, or read it again.",
    zh: "计量点 {meter} 在 {day} 的用电数据尚未定稿，或所给曲线不是现行版本：请等待或重新读取。",
  },
  KwhToken_NotFormerAccount: {
    en: "{account} was never replaced by another account: name the former account of a participant.",
    zh: "{account} 未曾被更换：请填写参与方更换前的旧账户。",
  },
  KwhToken_NotMinter: {
    en: "{caller} is not the escrow in charge of {day}, which alone mints its kWh.",
    zh: "{caller} 不是负责 {day} 的托管合约，无权铸造该日的电量凭证。",
  },
  KwhToken_NotOwnConsumption: {
    en: "Meter {meter} measures no consumption of {caller}: kWh are retired against one's own use.",
    zh: "计量点 {meter} 不是 {caller} 的用电计量点：只能以自身用电注销。",
  },
  KwhToken_ParticipantNotGood: {
    en: "{account} belongs to no active participant: enrol it, or have it renewed or reinstated.",
    zh: "{account} 不属于有效的参与方：请先注册、续期或恢复资格。",
  },
};
