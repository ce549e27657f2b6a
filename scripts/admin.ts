/** `npm run admin -- ...`: who takes part in a market and who may do what; docs/first-day.md uses it from the first participant on. */
import { Command, InvalidArgumentError, Option } from "commander";
import { zeroHash } from "viem";
import type { Language } from "../sdk/types/sentence.ts";
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
import { runCommand } from "./command.ts";
import { speak } from "./language.ts";

type Options = PlaceOptions & Record<string, unknown>;

const program = new Command("npm run admin --")
  .description("Administers a market: participants, meters, deposits, roles. 管理市场：参与方、计量点、存款与角色。")
  .addOption(new Option("--language <language>", "otherwise LANG decides 语言，默认按 LANG").choices(["en", "zh"]))
  .hook("preAction", (command) => {
    const { language } = command.opts<{ language?: Language }>();
    if (language !== undefined) speak(language);
  });

/** A command at a network. */
const at = (parent: Command, name: string, description: string) =>
  parent
    .command(name)
    .description(description)
    .requiredOption("--network <name>", "which deployment 网络")
    .option("--folder <folder>", "where <network>/deployment.json is (default: deployments) 部署文件夹");

/** A command that sends transactions. */
const acting = (parent: Command, name: string, description: string) =>
  at(parent, name, description)
    .option("--key <variable>", "who acts: a variable of the environment or keystore with a private key 私钥变量")
    .option("--from <account>", "who acts, where nothing is signed here 操作账户（不在此签名）")
    .option("--dry-run", "say what would happen or be refused, and send nothing 仅模拟")
    .addOption(
      new Option("--unsigned [form]", "print transactions for a wallet to sign 输出未签名交易").choices(["safe"]),
    );

/** One thing by options, many by a file. */
function withColumns(command: Command, columns: Columns): Command {
  for (const [name, { words }] of Object.entries(columns)) {
    command.option(`${flagOf(name)} <${name}>`, `${words.en} ${words.zh}`);
  }
  return command.option("--csv <file>", `many at once, all or none: ${Object.keys(columns).join(",")} 批量`);
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

function whole(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It must be a whole number above 0.");
  return Number(text);
}
const wholes = (text: string, before: number[] = []) => [...before, whole(text)];

lists(at(program, "participants", "list participants 参与方列表"), listParticipants);
const participant = program.command("participant").description("registrars and compliance 注册与合规");
withColumns(acting(participant, "propose", "propose newcomers 提交注册"), PARTICIPANT_COLUMNS).action(
  (options: Options) => act(options, (office) => planProposals(office, options)),
);
withColumns(acting(participant, "approve", "approve what another registrar proposed 批准"), PARTICIPANT_COLUMNS)
  .argument("[numbers...]", "as they were proposed; otherwise as --csv or the options say 按提交内容批准", wholes)
  .action((numbers: number[] | undefined, options: Options) =>
    act(options, (office) => planApprovals(office, numbers ?? [], options)),
  );
withColumns(acting(participant, "renew", "propose other particulars 提交变更"), PARTICIPANT_COLUMNS).action(
  (options: Options) => act(options, (office) => planRenewals(office, options)),
);
for (const [change, description] of [
  ["reject", "reject what another registrar proposed 驳回"],
  ["reinstate", "end a suspension 恢复"],
] as const) {
  acting(participant, change, description)
    .argument("<numbers...>", "participants 参与方编号", wholes)
    .action((numbers: number[], options: Options) =>
      act(options, (office) => planChanges(office, change, numbers, zeroHash)),
    );
}
acting(participant, "suspend", "let participants open nothing new 暂停")
  .argument("<numbers...>", "participants 参与方编号", wholes)
  .requiredOption("--reason <file>", "the file with the reason, whose hash is kept 原因文件")
  .action((numbers: number[], options: Options) =>
    act(options, (office) => planChanges(office, "suspend", numbers, hashOf(String(options.reason), process.cwd()))),
  );

lists(at(program, "meters", "list meters 计量点列表"), listMeters);
const meter = program.command("meter").description("the metering centre, and owners of meters 计量点");
withColumns(acting(meter, "register", "register meters 登记计量点"), METER_COLUMNS).action((options: Options) =>
  act(options, (office) => planMeters(office, options)),
);
acting(meter, "trader", "say who trades for one's meter 指定代理交易方")
  .argument("<meter>", "its number 计量点编号", whole)
  .argument("<participant>", "number or account, or owner 参与方，或 owner")
  .action((number: number, trader: string, options: Options) =>
    act(options, async (office) =>
      planTrader(office, number, trader === "owner" ? 0 : await participantIn(office, trader)),
    ),
  );

lists(at(program, "deposits", "list deposits 存款列表"), listDeposits);
const deposit = program.command("deposit").description("settlement banks and their customers 存款");
acting(deposit, "cap", "say how much money a bank may hold for deposits; 0 closes it 设定银行上限")
  .argument("<bank>", "its number as a participant 银行编号", whole)
  .requiredOption("--amount-yuan <amount>", "how much, in 元 金额")
  .action((bank: number, options: Options) =>
    act(options, (office) => planCap(office, bank, String(options.amountYuan))),
  );
acting(deposit, "open", "keep accounts of participants 开户")
  .argument("<numbers...>", "participants 参与方编号", wholes)
  .action((numbers: number[], options: Options) => act(options, (office) => planAccounts(office, numbers)));
withColumns(acting(deposit, "issue", "issue deposits against money received 发放存款"), ISSUE_COLUMNS).action(
  (options: Options) => act(options, (office) => planIssues(office, options)),
);
acting(deposit, "redeem", "have one's deposits paid out 赎回存款")
  .requiredOption("--amount-yuan <amount>", "how much, in 元 金额")
  .requiredOption("--reference <text>", "one's own reference 备注")
  .action((options: Options) =>
    act(options, (office) => planRedemption(office, String(options.amountYuan), String(options.reference))),
  );
acting(deposit, "allow", "let trading and settlement hold one's deposits 允许冻结款项").action((options: Options) =>
  act(options, planPermissions),
);
acting(deposit, "margin", "lock margin, up to so much in all 缴存交易保证金")
  .requiredOption("--amount-yuan <amount>", "how much, in 元 金额")
  .action((options: Options) => act(options, (office) => planMargin(office, String(options.amountYuan))));

lists(at(program, "roles", "list roles with holders and delays 角色列表"), listRoles);
at(program, "may", "list what an account may call 账户权限")
  .argument("<account>")
  .action(async (account: string, options: Options) => {
    const office = await openOffice(options);
    for (const text of await listCallable(office, addressIn(account, "account"))) office.say(text);
  });
const role = program.command("role").description("the council 角色管理");
acting(role, "grant", "give a role 授予角色")
  .argument("<role>")
  .argument("<account>")
  .option("--delay-hours <hours>", "how long each act by it waits 每次操作的等待时间", whole)
  .action((name: string, account: string, options: Options) =>
    act(options, (office) =>
      planRole(office, "grant", roleIn(name), addressIn(account, "account"), Number(options.delayHours ?? 0) * 3600),
    ),
  );
acting(role, "revoke", "take a role away 收回角色")
  .argument("<role>")
  .argument("<account>")
  .action((name: string, account: string, options: Options) =>
    act(options, (office) => planRole(office, "revoke", roleIn(name), addressIn(account, "account"), 0)),
  );

lists(at(program, "scheduled", "list calls that wait for their delay 已排期操作列表"), listScheduled);
const scheduled = program.command("operation").description("calls that wait 已排期操作");
for (const [change, description] of [
  ["execute", "make a call whose time has come 执行"],
  ["cancel", "cancel a call that waits 取消"],
] as const) {
  acting(scheduled, change, description)
    .argument("<operation>", "as listed 编号")
    .action((operation: string, options: Options) =>
      act(options, (office) => planScheduled(office, change, operation)),
    );
}

await runCommand(() => program.parseAsync());
