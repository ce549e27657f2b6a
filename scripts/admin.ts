/** `npm run admin -- ...`: who takes part in a market and who may do what; docs/first-day.md uses it from the first participant on. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { zeroHash } from "viem";
import { type Planned, perform } from "./admin/acts.ts";
import {
  ISSUE_COLUMNS,
  listDeposits,
  planAccounts,
  planCap,
  planIssues,
  planMargin,
  planPermissions,
  planRedemption,
} from "./admin/deposits.ts";
import { listMeters, METER_COLUMNS, planMeters, planTrader } from "./admin/meters.ts";
import { addressIn, type Office, openOffice, type PlaceOptions } from "./admin/office.ts";
import {
  hashOf,
  listParticipants,
  PARTICIPANT_COLUMNS,
  participantIn,
  planApprovals,
  planChanges,
  planProposals,
  planRenewals,
} from "./admin/participants.ts";
import { listCallable, listRoles, listScheduled, planRole, planScheduled, roleIn } from "./admin/roles.ts";
import { type Columns, flagOf } from "./admin/rows.ts";
import { handInSheets, writeSheet } from "./admin/sheets.ts";
import { commandOf, FOLDER, runCommand } from "./command.ts";
import { inWords } from "./language.ts";

type Options = PlaceOptions & Record<string, unknown>;

const program = commandOf("npm run admin --", {
  en: "Administers a market: participants, meters, deposits, roles.",
  zh: "管理市场：参与方、计量点、存款与角色。",
});

/** A command at a network. */
const at = (parent: Command, name: string, description: string) =>
  parent
    .command(name)
    .description(description)
    .requiredOption("--network <name>", inWords({ en: "which deployment", zh: "网络" }))
    .option(...FOLDER);

/** A command that sends transactions. */
const acting = (parent: Command, name: string, description: string) =>
  at(parent, name, description)
    .option(
      "--key <variable>",
      inWords({ en: "who acts: a variable of the environment or keystore with a private key", zh: "私钥变量" }),
    )
    .option("--from <account>", inWords({ en: "who acts, where nothing is signed here", zh: "操作账户（不在此签名）" }))
    .option("--dry-run", inWords({ en: "say what would happen or be refused, and send nothing", zh: "仅模拟" }))
    .addOption(
      new Option(
        "--unsigned [form]",
        inWords({ en: "print transactions for a wallet to sign", zh: "输出未签名交易" }),
      ).choices(["safe"]),
    );

/** One thing by options, many by a file. */
function withColumns(command: Command, columns: Columns): Command {
  for (const [name, { words }] of Object.entries(columns)) {
    command.option(`${flagOf(name)} <${name}>`, inWords(words));
  }
  return command.option(
    "--csv <file>",
    inWords({
      en: `many at once, all or none: ${Object.keys(columns).join(",")}`,
      zh: `批量，要么全部要么全不：${Object.keys(columns).join(",")}`,
    }),
  );
}

const lists = (command: Command, list: (office: Office) => Promise<string[]>) =>
  command.action(async (options: Options) => {
    const office = await openOffice(options);
    for (const text of await list(office)) office.say(text);
  });

async function act(options: Options, plan: (office: Office) => Promise<Planned[]>): Promise<void> {
  const office = await openOffice(options);
  await perform(office, options, await plan(office));
}

const HOW_MUCH = inWords({ en: "how much, in 元", zh: "金额（元）" });
const NO_NUMBER = { en: "It must be a whole number above 0.", zh: "须为正整数。" };

function whole(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(inWords(NO_NUMBER));
  return Number(text);
}
const wholes = (text: string, before: number[] = []) => [...before, whole(text)];

lists(at(program, "participants", inWords({ en: "list participants", zh: "参与方列表" })), listParticipants);
const participant = program
  .command("participant")
  .description(inWords({ en: "registrars and compliance", zh: "注册与合规" }));
withColumns(
  acting(participant, "propose", inWords({ en: "propose newcomers", zh: "提交注册" })),
  PARTICIPANT_COLUMNS,
).action((options: Options) => act(options, (office) => planProposals(office, options)));
withColumns(
  acting(participant, "approve", inWords({ en: "approve what another registrar proposed", zh: "批准" })),
  PARTICIPANT_COLUMNS,
)
  .argument(
    "[numbers...]",
    inWords({ en: "as they were proposed; otherwise as --csv or the options say", zh: "按提交内容批准" }),
    wholes,
  )
  .action((numbers: number[] | undefined, options: Options) =>
    act(options, (office) => planApprovals(office, numbers ?? [], options)),
  );
withColumns(
  acting(participant, "renew", inWords({ en: "propose other particulars", zh: "提交变更" })),
  PARTICIPANT_COLUMNS,
).action((options: Options) => act(options, (office) => planRenewals(office, options)));
for (const [change, description] of [
  ["reject", inWords({ en: "reject what another registrar proposed", zh: "驳回" })],
  ["reinstate", inWords({ en: "end a suspension", zh: "恢复" })],
] as const) {
  acting(participant, change, description)
    .argument("<numbers...>", inWords({ en: "participants", zh: "参与方编号" }), wholes)
    .action((numbers: number[], options: Options) =>
      act(options, (office) => planChanges(office, change, numbers, zeroHash)),
    );
}
acting(participant, "suspend", inWords({ en: "let participants open nothing new", zh: "暂停" }))
  .argument("<numbers...>", inWords({ en: "participants", zh: "参与方编号" }), wholes)
  .requiredOption("--reason <file>", inWords({ en: "the file with the reason, whose hash is kept", zh: "原因文件" }))
  .action((numbers: number[], options: Options) =>
    act(options, (office) => planChanges(office, "suspend", numbers, hashOf(String(options.reason), process.cwd()))),
  );
participant
  .command("sheet")
  .description(
    inWords({
      en: "write the sheet with a name and its papers, whose hash is proposed",
      zh: "生成登记表（名称与材料）",
    }),
  )
  .argument("<file>", inWords({ en: "where it is written", zh: "写入的文件" }))
  .requiredOption("--name-en <name>", inWords({ en: "its name in English", zh: "英文名称" }))
  .requiredOption("--name-zh <name>", inWords({ en: "its name in Chinese", zh: "中文名称" }))
  .option("--paper <files...>", inWords({ en: "papers that were seen, as title=file", zh: "审阅的材料，标题=文件" }))
  .action((file: string, options: { nameEn: string; nameZh: string; paper?: string[] }) =>
    console.log(writeSheet(file, options)),
  );
at(participant, "names", inWords({ en: "hand in sheets of approved participants to the operator", zh: "提交登记表" }))
  .argument("<files...>", inWords({ en: "as they were proposed", zh: "与提交时一致的登记表" }))
  .requiredOption("--operator <url>", inWords({ en: "the market operator's service", zh: "运营服务地址" }))
  .option(
    "--key <variable>",
    inWords({ en: "the registrar: a variable of the environment or keystore with a private key", zh: "私钥变量" }),
  )
  .option(
    "--from <account>",
    inWords({ en: "the registrar, by one of the public test keys", zh: "注册员账户（公开测试密钥）" }),
  )
  .action(async (files: string[], options: Options & { operator: string }) => {
    const office = await openOffice(options);
    office.say(await handInSheets(office, options.operator, files));
  });

lists(at(program, "meters", inWords({ en: "list meters", zh: "计量点列表" })), listMeters);
const meter = program
  .command("meter")
  .description(inWords({ en: "the metering centre, and owners of meters", zh: "计量点" }));
withColumns(acting(meter, "register", inWords({ en: "register meters", zh: "登记计量点" })), METER_COLUMNS).action(
  (options: Options) => act(options, (office) => planMeters(office, options)),
);
acting(meter, "trader", inWords({ en: "say who trades for one's meter", zh: "指定代理交易方" }))
  .argument("<meter>", inWords({ en: "its number", zh: "计量点编号" }), whole)
  .argument("<participant>", inWords({ en: "number or account, or owner", zh: "参与方，或 owner" }))
  .action((number: number, trader: string, options: Options) =>
    act(options, async (office) =>
      planTrader(office, number, trader === "owner" ? 0 : await participantIn(office, trader)),
    ),
  );

lists(at(program, "deposits", inWords({ en: "list deposits", zh: "存款列表" })), listDeposits);
const deposit = program
  .command("deposit")
  .description(inWords({ en: "settlement banks and their customers", zh: "存款" }));
acting(
  deposit,
  "cap",
  inWords({ en: "say how much money a bank may hold for deposits; 0 closes it", zh: "设定银行上限" }),
)
  .argument("<bank>", inWords({ en: "its number as a participant", zh: "银行编号" }), whole)
  .requiredOption("--amount-yuan <amount>", HOW_MUCH)
  .action((bank: number, options: Options) =>
    act(options, (office) => planCap(office, bank, String(options.amountYuan))),
  );
acting(deposit, "open", inWords({ en: "keep accounts of participants", zh: "开户" }))
  .argument("<numbers...>", inWords({ en: "participants", zh: "参与方编号" }), wholes)
  .action((numbers: number[], options: Options) => act(options, (office) => planAccounts(office, numbers)));
withColumns(
  acting(deposit, "issue", inWords({ en: "issue deposits against money received", zh: "发放存款" })),
  ISSUE_COLUMNS,
).action((options: Options) => act(options, (office) => planIssues(office, options)));
acting(deposit, "redeem", inWords({ en: "have one's deposits paid out", zh: "赎回存款" }))
  .requiredOption("--amount-yuan <amount>", HOW_MUCH)
  .requiredOption("--reference <text>", inWords({ en: "one's own reference", zh: "备注" }))
  .action((options: Options) =>
    act(options, (office) => planRedemption(office, String(options.amountYuan), String(options.reference))),
  );
acting(deposit, "allow", inWords({ en: "let trading and settlement hold one's deposits", zh: "允许冻结款项" })).action(
  (options: Options) => act(options, planPermissions),
);
acting(deposit, "margin", inWords({ en: "lock margin, up to so much in all", zh: "缴存交易保证金" }))
  .requiredOption("--amount-yuan <amount>", HOW_MUCH)
  .action((options: Options) => act(options, (office) => planMargin(office, String(options.amountYuan))));

lists(at(program, "roles", inWords({ en: "list roles with holders and delays", zh: "角色列表" })), listRoles);
at(program, "may", inWords({ en: "list what an account may call", zh: "账户权限" }))
  .argument("<account>")
  .action(async (account: string, options: Options) => {
    const office = await openOffice(options);
    for (const text of await listCallable(office, addressIn(account, "account"))) office.say(text);
  });
const role = program.command("role").description(inWords({ en: "the council", zh: "角色管理" }));
acting(role, "grant", inWords({ en: "give a role", zh: "授予角色" }))
  .argument("<role>")
  .argument("<account>")
  .option("--delay-hours <hours>", inWords({ en: "how long each act by it waits", zh: "每次操作的等待时间" }), whole)
  .action((name: string, account: string, options: Options) =>
    act(options, (office) =>
      planRole(office, "grant", roleIn(name), addressIn(account, "account"), Number(options.delayHours ?? 0) * 3600),
    ),
  );
acting(role, "revoke", inWords({ en: "take a role away", zh: "收回角色" }))
  .argument("<role>")
  .argument("<account>")
  .action((name: string, account: string, options: Options) =>
    act(options, (office) => planRole(office, "revoke", roleIn(name), addressIn(account, "account"), 0)),
  );

lists(
  at(program, "scheduled", inWords({ en: "list calls that wait for their delay", zh: "已排期操作列表" })),
  listScheduled,
);
const scheduled = program.command("operation").description(inWords({ en: "calls that wait", zh: "已排期操作" }));
for (const [change, description] of [
  ["execute", inWords({ en: "make a call whose time has come", zh: "执行" })],
  ["cancel", inWords({ en: "cancel a call that waits", zh: "取消" })],
] as const) {
  acting(scheduled, change, description)
    .argument("<operation>", inWords({ en: "as listed", zh: "编号" }))
    .action((operation: string, options: Options) =>
      act(options, (office) => planScheduled(office, change, operation)),
    );
}

await runCommand(() => program.parseAsync());
