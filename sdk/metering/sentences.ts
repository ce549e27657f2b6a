import type { Sentences } from "../types/sentence.ts";

/** Sentences for what the meter registry refuses. */
export const METERING_SENTENCES: Sentences = {
  MeterRegistry_AboveCapacity: {
    en: "Meter {meter} on {day}: {slot} shows {energyWh}, more than the {limitWh} that it can measure; correct the reading.",
    zh: "计量点 {meter} 在 {day} 的 {slot} 读数为 {energyWh}，超过其上限 {limitWh}：请更正读数。",
  },
  MeterRegistry_AssetTaken: {
    en: "A meter with asset number (hash) {assetHash} is registered already: each is registered once.",
    zh: "资产编号（哈希）{assetHash} 的计量点已登记：不能重复登记。",
  },
  MeterRegistry_CorrectionTooLate: {
    en: "Meter {meter} on {day} could be corrected until {until}: metering errors are refunded or surcharged for up to 366 days.",
    zh: "计量点 {meter} 在 {day} 的数据只能在 {until} 之前更正：计量差错的退补最长追溯 366 天。",
  },
  MeterRegistry_DayNotOver: {
    en: "{day} is not over yet: report meter {meter} after midnight in Shanghai.",
    zh: "{day} 尚未结束：请在次日零时（北京时间）后上报计量点 {meter}。",
  },
  MeterRegistry_DeadlinePassed: {
    en: "The deadline to report meter {meter} on {day} has passed: let the day lapse, then report it late.",
    zh: "计量点 {meter} 在 {day} 的上报期限已过：请先确认失效，再补报。",
  },
  MeterRegistry_Inactive: {
    en: "Meter {meter} is out of service: register the one that replaced it.",
    zh: "计量点 {meter} 已停用：请登记替换它的计量点。",
  },
  MeterRegistry_InRoot: {
    en: "Meter {meter} on {day} is kept under a root only: record it first (recordDays).",
    zh: "计量点 {meter} 在 {day} 的数据只存于根下：请先登记（recordDays）。",
  },
  MeterRegistry_InvalidMeter: {
    en: "The meter's {field} has no admissible value: correct the registration.",
    zh: "计量点字段 {field} 无效：请更正登记信息。",
  },
  MeterRegistry_InvalidWindows: {
    en: "Windows of {reportDays} days to report and {objectionHours} hours to object are not possible: they last 1 to 60 days and 1 to 720 hours.",
    zh: "上报期 {reportDays} 天、异议期 {objectionHours} 小时不可行：应为 1 至 60 天和 1 至 720 小时。",
  },
  MeterRegistry_MalformedRoot: {
    en: "The report of group {group} on {day} needs one curve for each meter named, and no other.",
    zh: "第 {group} 组 {day} 的上报不符：列入的计量点各须有一条曲线。",
  },
  MeterRegistry_NotAccepted: {
    en: "Participant {participant} has not accepted the reading of meter {meter} on {day}: wait for the end of the objection window.",
    zh: "参与方 {participant} 尚未确认计量点 {meter} 在 {day} 的数据：请等待异议期结束。",
  },
  MeterRegistry_NotAuthorised: {
    en: "{caller} does not act for participant {participant}, who alone may do this.",
    zh: "{caller} 不代表参与方 {participant}，只有该方可以进行此操作。",
  },
  MeterRegistry_ParticipantNotGood: {
    en: "Participant {participant} is not active, or may not trade for others' meters: only the owner, a retailer or an aggregator may.",
    zh: "参与方 {participant} 资格无效，或不能代他人的计量点交易：只有业主、售电公司或聚合商可以。",
  },
  MeterRegistry_ReportedBefore: {
    en: "Meter {meter} on {day} was reported before: report a new version by itself.",
    zh: "计量点 {meter} 在 {day} 的数据已上报：请单独上报新版本。",
  },
  MeterRegistry_RootTooEarly: {
    en: "Root {root} cannot be finalised before {from}.",
    zh: "第 {root} 号根要到 {from} 才能定稿。",
  },
  MeterRegistry_TooEarly: {
    en: "Meter {meter} on {day} cannot be finalised or lapse before {from}.",
    zh: "计量点 {meter} 在 {day} 的数据要到 {from} 才能定稿或失效。",
  },
  MeterRegistry_UnknownMeter: {
    en: "Meter {meter} is not registered: meters are numbered from 1.",
    zh: "计量点 {meter} 未登记：计量点从 1 开始编号。",
  },
  MeterRegistry_UnknownRoot: {
    en: "Root {root} is unknown.",
    zh: "第 {root} 号根不存在。",
  },
  MeterRegistry_VersionChanged: {
    en: "Version {version} of meter {meter} on {day} is not the one in force: read the day again and accept that.",
    zh: "计量点 {meter} 在 {day} 的第 {version} 版不是现行版本：请重新读取后再确认。",
  },
  MeterRegistry_WrongProof: {
    en: "These days do not all lie under root {root} with these curves: read them again.",
    zh: "这些计量日及曲线不都在第 {root} 号根下：请重新读取。",
  },
  MeterRegistry_WrongState: {
    en: "Meter {meter} on {day} is not where this needs it to be (state {state}: 0 none, 1 reported, 2 final, 3 lapsed, 4 reported late, 5 finalised late).",
    zh: "计量点 {meter} 在 {day} 的状态不允许此操作（状态 {state}：0 无数据，1 已上报，2 已定稿，3 已失效，4 补报，5 补报定稿）。",
  },
  ObjectionDesk_Closed: {
    en: "Version in force of meter {meter} on {day} is no longer open to objection: it was until {until}, or everybody concerned accepted it.",
    zh: "计量点 {meter} 在 {day} 的现行版本已不能提出异议：异议期至 {until}，或各方均已确认。",
  },
  ObjectionDesk_NotInForce: {
    en: "This is not the reading of meter {meter} on {day} in force, which is version {version} (0: none): read the day again and object to that.",
    zh: "这不是计量点 {meter} 在 {day} 的现行读数，现行为第 {version} 版（0 表示尚无）：请重新读取后再提出异议。",
  },
  ObjectionDesk_NotParticipant: {
    en: "{account} acts for no participant of this market, and only participants object to readings.",
    zh: "{account} 不代表本市场的任何参与方，只有参与方可以对读数提出异议。",
  },
  ObjectionDesk_ObjectedBefore: {
    en: "Participant {participant} has objected to version {version} of meter {meter} on {day} before: once for each version is enough.",
    zh: "参与方 {participant} 已对计量点 {meter} 在 {day} 的第 {version} 版提出过异议：每版只需一次。",
  },
  ObjectionDesk_ReasonMissing: {
    en: "An objection to meter {meter} on {day} needs a reason: name the document that holds it, or give the keccak256 of its file.",
    zh: "对计量点 {meter} 在 {day} 的异议须有理由：请提供理由文件的编号或其 keccak256。",
  },
};
