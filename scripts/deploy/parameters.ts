import { readFileSync } from "node:fs";
import { getAddress, isAddress, ZeroAddress } from "ethers";
import { z } from "zod";
import type { RoleName } from "../../sdk/access/roles.ts";
import { DeploymentError, parseJson } from "../../sdk/chain/deployment.ts";
import { DEVIATION_PAYEES, DEVIATION_PERIODS } from "../../sdk/market/enums.ts";
import { PLANT_SOURCES } from "../../sdk/metering/meter.ts";
import { VOLTAGES } from "../../sdk/types/enums.ts";
import { DujiangError } from "../../sdk/types/errors.ts";
import { allIssues, says } from "../../sdk/types/issue.ts";
import type { Sentence } from "../../sdk/types/sentence.ts";
import { parseDay } from "../../sdk/types/time.ts";
import { parsePercent, parseTariff, parseYuan, parseYuanPerMwh } from "../../sdk/types/units.ts";

/** Roles that people hold; those of contracts follow from what the contracts are. */
export const HUMAN_ROLES = [
  "ADMIN",
  "REGISTRAR",
  "COMPLIANCE",
  "METER_OPERATOR",
  "MARKET_OPERATOR",
  "RULE_MAKER",
  "BANK",
  "ARBITER",
  "GUARDIAN",
] as const satisfies readonly RoleName[];
export type HumanRole = (typeof HUMAN_ROLES)[number];

/** A text that one of the sdk's parsers understands; its sentence becomes the issue. */
const readAs = <Value>(parse: (text: string) => Value) =>
  z.string().transform((text, context): Value => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof DujiangError)) throw error;
      const { en, zh } = error.sentences;
      context.addIssue({ code: "custom", message: says({ en: en.replace(/\.$/, ""), zh: zh.replace(/。$/, "") }) });
      return z.NEVER;
    }
  });

const yuanPerMWh = readAs(parseYuanPerMwh);
const yuanPerKWh = readAs(parseTariff);
const percent = readAs(parsePercent);
const whole = (most: number) => z.int().min(0).max(most);
const isToBeFilledIn = (text: string) => /^(|to be filled in.*)$/i.test(text.trim());
const filledIn = z.string().refine((text) => !isToBeFilledIn(text), {
  error: says({ en: "is still to be filled in", zh: "尚待填写" }),
  abort: true,
});
const account = filledIn
  .refine((text) => isAddress(text) && getAddress(text) !== ZeroAddress, {
    error: says({ en: "is not the address of an account", zh: "不是账户地址" }),
    abort: true,
  })
  .transform((text) => getAddress(text));
const monthAndDay = z
  .string()
  .regex(/^\d\d-\d\d$/, says({ en: "is not a month and day such as 06-26", zh: "不是 06-26 形式的月日" }))
  .transform((text) => Number(text.replace("-", "")));
/** A name out of a list, as its index. */
const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names).transform((name) => (names as readonly string[]).indexOf(name));
/** The same for each name of a list, none missing. */
const each = <Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>);
const priceBand = z
  .strictObject({ floor: yuanPerMWh, cap: yuanPerMWh })
  .refine(({ floor, cap }) => floor <= cap, says({ en: "has a floor above its cap", zh: "下限高于上限" }));

/** What a holder does by a role waits this long, and can be cancelled meanwhile. */
const executionDelayHours = whole(24 * 60);
const government = {
  /** Who grants and revokes the role. */
  adminRole: z.enum(HUMAN_ROLES).default("ADMIN"),
  /** Who may cancel what a holder has scheduled. */
  guardianRole: z.enum(HUMAN_ROLES).default("ADMIN"),
};
const role = z.strictObject({
  holders: z
    .array(z.strictObject({ who: filledIn, account, executionDelayHours }))
    .min(1, says({ en: "has no holder", zh: "没有持有人" })),
  ...government,
});
/** Settlement banks hold their role by being one. */
const roles = z.strictObject({
  ...each(
    HUMAN_ROLES.filter((name) => name !== "BANK"),
    role,
  ).shape,
  BANK: z.strictObject(government),
});

/** A participant that rules or caps name, by the account that it acts with. */
const founder = z.strictObject({
  who: filledIn,
  account,
  /** The number of one that was enrolled later; otherwise it is that of its place in the file. */
  participant: z.int().positive().optional(),
});

const ruleSet = z
  .strictObject({
    /** A date, or "deployment" for the day on which the platform is deployed. */
    effectiveDate: z.literal("deployment").or(readAs(parseDay)),
    wetSeason: z.strictObject({ from: monthAndDay, until: monthAndDay }),
    wetPriceYuanPerMWh: priceBand,
    dryPriceYuanPerMWh: priceBand,
    bondRatePercent: percent,
    maxPaymentDays: whole(180),
    smallSellerPaymentDays: whole(60),
    maxAdvanceDays: whole(92).min(1),
    /** Before the delivery day begins: when its book closes, and when its auctions end. */
    cutOffLeadHours: whole(167).min(1),
    gateLeadHours: whole(166),
    marginNoticeHours: whole(720),
    /** The least energy of a trade; orders are multiples of it. */
    lotWh: whole(2 ** 31 - 1).min(1),
    neighbourTrading: z.strictObject({
      smallPlantMW: whole(4294),
      smallPlantVoltage: oneOf(VOLTAGES),
      largePlantMW: whole(4294),
      largePlantPath: oneOf(VOLTAGES),
    }),
    networkTariffYuanPerKWh: each(VOLTAGES, yuanPerKWh),
    deviation: each(
      PLANT_SOURCES,
      z.strictObject({
        tolerancePercent: percent,
        ratePercent: percent,
        fixedYuanPerMWh: yuanPerMWh,
        period: oneOf(DEVIATION_PERIODS),
        payee: oneOf(DEVIATION_PAYEES),
      }),
    ),
  })
  .refine(({ cutOffLeadHours, gateLeadHours }) => gateLeadHours < cutOffLeadHours, {
    error: says({
      en: "has its gate before its cut-off: a book closes before its auctions end",
      zh: "关闸早于截止：须先截止申报，再结束集中出清",
    }),
  })
  .refine(
    ({ cutOffLeadHours, gateLeadHours, marginNoticeHours }) =>
      marginNoticeHours >= 2 * (cutOffLeadHours - gateLeadHours),
    {
      error: says({
        en: "releases margin too soon: marginNoticeHours is at least twice the time from cut-off to gate",
        zh: "释放交易保证金过早：marginNoticeHours 不得少于截止至关闸时间的两倍",
      }),
    },
  );

/** The id of the one chain that a file is for, or "development" for a chain on somebody's own machine. */
const chainId = z.union([z.int().positive(), z.literal("development")], {
  error: ({ input }) =>
    typeof input === "string" && isToBeFilledIn(input)
      ? says({ en: "is still to be filled in", zh: "尚待填写" })
      : says({
          en: 'is neither the id of a chain, a whole number above 0, nor "development"',
          zh: '既不是链的 id（大于 0 的整数），也不是 "development"',
        }),
});

const parameters = z
  .strictObject({
    chainId,
    /** Whether claims may be issued and financed: for licensed parties only. */
    finance: z.boolean(),
    depositToken: z.strictObject({
      // The name is what wallets show when a permit is signed, and OpenZeppelin keeps it in one word.
      name: filledIn.refine(
        (name) => Buffer.byteLength(name) <= 31,
        says({ en: "is longer than 31 bytes (a Chinese character is 3)", zh: "超过 31 字节（一个汉字占 3 字节）" }),
      ),
      symbol: filledIn,
    }),
    /** Who is owed the network charges, and who the deviation charges that buyers are not. */
    gridCompany: founder,
    balancingAccount: founder,
    /** Settlement banks, each with the role BANK, and how much money each may hold for deposits. */
    banks: z
      .array(
        founder.extend({
          capYuan: filledIn.pipe(readAs(parseYuan)).refine((cap) => cap > 0n && cap < 2n ** 80n, {
            error: says({
              en: "is no cap of an open bank: a bank that is to issue nothing is left out",
              zh: "不是有效的头寸上限：不发行存款的银行请勿列出",
            }),
          }),
          executionDelayHours: executionDelayHours.default(0),
        }),
      )
      .min(1, says({ en: "has no bank", zh: "没有银行" }))
      .max(95, says({ en: "names more than 95 banks", zh: "银行超过 95 家" })),
    kwhToken: z.strictObject({ uri: z.string() }),
    financeRules: z
      .strictObject({
        longestTenorDays: whole(365).min(1),
        lateRatePercent: percent.refine((bp) => bp <= 3_600, says({ en: "is above 36 % a year", zh: "高于年 36 %" })),
        graceDays: whole(60),
        /** Days of the week on which nobody works, and weekends on which everybody does. */
        daysOff: z.array(readAs(parseDay)),
        workdays: z.array(readAs(parseDay)),
      })
      .refine(({ daysOff, workdays }) => !daysOff.some((day) => workdays.includes(day)), {
        error: says({ en: "names a day both as a day off and as a workday", zh: "同一天既列为休息日又列为工作日" }),
      }),
    receivables: z.strictObject({ uri: z.string() }),
    metering: z.strictObject({ reportDays: whole(60).min(1), objectionHours: whole(720).min(1) }),
    zones: z
      .array(
        z.strictObject({
          id: z.int().positive(),
          parent: whole(2 ** 32 - 1),
          voltage: oneOf(VOLTAGES),
          name: filledIn,
        }),
      )
      .min(1, says({ en: "has no zone", zh: "没有分区" }))
      .refine(
        (zones) => zones.every(({ id }, at) => id === at + 1),
        says({ en: "must be numbered 1, 2, 3 ... in this order", zh: "须按 1、2、3……顺序编号" }),
      )
      .refine(
        (zones) => zones.every(({ id, parent }) => parent < id),
        says({ en: "must come after their parents", zh: "须排在其上级之后" }),
      ),
    ruleSet,
    roles,
  })
  .superRefine(({ gridCompany, balancingAccount, banks, roles }, context) => {
    const refuse = (path: (string | number)[], words: Sentence) =>
      context.addIssue({ code: "custom", path, message: says(words) });
    for (const [name, { holders }] of Object.entries({ ...roles, BANK: { holders: [] } })) {
      const accounts = new Set(holders.map((holder) => holder.account));
      if (accounts.size < holders.length) {
        refuse(["roles", name, "holders"], { en: "names an account twice", zh: "同一账户重复出现" });
      }
    }
    if (roles.REGISTRAR.holders.length < 2) {
      refuse(["roles", "REGISTRAR", "holders"], {
        en: "needs two: one proposes a participant, another approves it",
        zh: "需要两个：一人经办，另一人复核",
      });
    }
    const seen = new Set([gridCompany.account]);
    const others: [(string | number)[], string][] = [
      [["balancingAccount", "account"], balancingAccount.account],
      ...banks.map(({ account }, at): [(string | number)[], string] => [["banks", at, "account"], account]),
    ];
    for (const [path, account] of others) {
      if (seen.has(account)) {
        refuse(path, {
          en: "is the account of another participant that this file names",
          zh: "与本文件所列另一参与方的账户相同",
        });
      }
      seen.add(account);
    }
    if (roles.ADMIN.adminRole !== "ADMIN" || roles.ADMIN.guardianRole !== "ADMIN") {
      refuse(["roles", "ADMIN"], {
        en: "is governed by itself alone: leave out adminRole and guardianRole",
        zh: "只由其自身管理：请去掉 adminRole 和 guardianRole",
      });
    }
  })
  .transform(({ roles, ...rest }) => ({
    ...rest,
    roles: {
      ...roles,
      BANK: {
        ...roles.BANK,
        holders: rest.banks.map(({ who, account, executionDelayHours }) => ({ who, account, executionDelayHours })),
      },
    },
  }));

/** A network's reviewed parameter file in base units and chain numbers. */
export type NetworkParameters = z.infer<typeof parameters>;

/** A participant that the parameters name. */
export interface Founder {
  participant: number;
  kind: "gridCompany" | "balancingAccount" | "bank";
  who: string;
  account: string;
}

type Named = Pick<NetworkParameters, "gridCompany" | "balancingAccount" | "banks">;

/** Those whom the parameters name: grid company, balancing account and banks, numbered by their places unless the file says otherwise. */
export function namedParticipants({ gridCompany, balancingAccount, banks }: Named): Founder[] {
  const named = [
    { kind: "gridCompany" as const, ...gridCompany },
    { kind: "balancingAccount" as const, ...balancingAccount },
    ...banks.map((bank) => ({ kind: "bank" as const, ...bank })),
  ];
  return named.map(({ kind, who, account, participant }, at) => ({
    participant: participant ?? at + 1,
    kind,
    who,
    account,
  }));
}

/** Those of them who are enrolled before everybody else, in this order. */
export function foundersOf(parameters: Named): Founder[] {
  return namedParticipants(parameters).filter(({ participant }, at) => participant === at + 1);
}

export interface ParameterFile {
  /** The JSON as reviewed. */
  reviewed: Record<string, z.core.util.JSONType>;
  parameters: NetworkParameters;
}

/** Reads and checks a network's parameter file; refuses it, as `where`, with a sentence for each field that is missing or wrong. */
export function readParameters(file: string, where = file): ParameterFile {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new DeploymentError({
      en: `${where} cannot be read: a network is deployed by its reviewed parameter file.`,
      zh: `无法读取 ${where}：网络须按其经审阅的参数文件部署。`,
    });
  }
  return parseParameters(text, where);
}

/** `readParameters` for a text; `where` is named in errors. */
export function parseParameters(text: string, where: string): ParameterFile {
  const reviewed = parseJson(text, where);
  const result = parameters.safeParse(reviewed);
  if (!result.success) throw new DeploymentError(allIssues(result.error, where));
  return { reviewed: reviewed as ParameterFile["reviewed"], parameters: result.data };
}
