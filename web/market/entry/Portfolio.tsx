import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Address } from "viem";
import { bandTotals, curvesToBands } from "../../../sdk/market/band.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";
import { type Day, formatDay } from "../../../sdk/types/time.ts";
import { reachChain } from "../../chain/index.ts";
import { Empty, Failed, Field, Figure, Loading, Table } from "../../design/index.ts";
import { operatorAt } from "../../operator/index.ts";
import { useSigner, useStanding, useWallet, wordsOfStanding } from "../../wallets/index.ts";
import { useFormat, useWords } from "../../words/index.ts";
import type { EnergyUnit } from "./entryState.ts";
import { useMeters } from "./meters.ts";
import { readPortfolio } from "./portfolio.ts";
import { wordsOfViolation } from "./preview.ts";
import { dropQueue, keepQueue, type QueuedRow, readQueue, signedOf } from "./queue.ts";
import { STAGE_WORDS } from "./stage.ts";
import { totalsOf, violationsOf } from "./totals.ts";

/** Thrown when an order of a portfolio cannot be signed as it is. */
class PortfolioRowError extends DujiangError {}

/** All meters of a day from one file: all or nothing of it is taken, then one signature an order, and on after a break. */
export function Portfolio({ day }: { day: Day }) {
  const say = useWords();
  const wallet = useWallet();
  const standing = useStanding(wallet?.account);
  const { data, error, refetch } = useMeters(standing?.participant);
  const { longDate } = useFormat();
  const head = (
    <header>
      <h1>{say({ en: "Portfolio", zh: "组合申报" })}</h1>
      <p className="soft">{longDate(formatDay(day))}</p>
    </header>
  );
  if (wallet === undefined || (standing !== undefined && standing.state !== "active"))
    return (
      <>
        {head}
        <Empty>
          {say(
            standing === undefined
              ? {
                  en: "Connect a wallet above: then your meters are here.",
                  zh: "请先在上方连接钱包，您的计量点将显示在此。",
                }
              : wordsOfStanding(standing),
          )}
        </Empty>
      </>
    );
  if (error !== null) return <Failed error={error} retry={refetch} />;
  if (data === undefined) return <Loading />;
  return (
    <>
      {head}
      <Queue day={day} trader={wallet.account} meters={data.meters.items.map(({ id }) => BigInt(id))} />
    </>
  );
}

function Queue({ day, trader, meters }: { day: Day; trader: Address; meters: readonly bigint[] }) {
  const say = useWords();
  const signer = useSigner();
  const [rows, setRows] = useState(() => readQueue(localStorage, day));
  const [unit, setUnit] = useState<EnergyUnit>("kWh");
  const waiting = rows.filter((row) => signedOf(localStorage, day, row)?.receivedAt === undefined);

  const attempt = useMutation({ mutationFn: (work: () => Promise<void>) => work() });
  const take = (file: File) =>
    attempt.mutate(async () => {
      const read = readPortfolio(await file.text(), { meters, unit });
      setRows(keepQueue(localStorage, day, read));
    });
  const signAll = () =>
    attempt.mutate(async () => {
      const [{ readMeterRules }, { sign, send }, reached] = await Promise.all([
        import("./readRules.ts"),
        import("./handIn.ts"),
        reachChain(),
      ]);
      // Everything is looked at before the first signature is asked for.
      const orders = await Promise.all(
        waiting.map(async (row) => ({
          row,
          order: orderOf(row, day, trader, await readMeterRules(reached.platform, row.meter, day)),
        })),
      );
      for (const { row, order } of orders) {
        const entry =
          signedOf(localStorage, day, row) ?? (await sign(order, { reached, signer: signer!, shelf: localStorage }));
        await send(entry, operatorAt(), localStorage);
        setRows([...rows]);
      }
    });

  return (
    <section className="card stack">
      <div className="row no-print">
        <Field
          label={{ en: "CSV file: meter, price, 96 values", zh: "CSV 文件：计量点、价格、96 个数值" }}
          hint={{ en: "one line a meter; price in CNY/MWh", zh: "每行一个计量点；价格单位为元/MWh" }}
        >
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            disabled={attempt.isPending}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file !== undefined) take(file);
              target.value = "";
            }}
          />
        </Field>
        <fieldset className="row switch">
          <legend className="soft">{say({ en: "Values are", zh: "数值单位" })}</legend>
          {(["kWh", "kW"] as const).map((name) => (
            <button
              key={name}
              type="button"
              className="button s"
              aria-pressed={unit === name}
              onClick={() => setUnit(name)}
            >
              {name}
            </button>
          ))}
        </fieldset>
      </div>
      {attempt.isError && <Failed error={attempt.error} />}
      {rows.length === 0 ? (
        <Empty>{say({ en: "No file was taken yet for this day.", zh: "尚未导入该日的文件。" })}</Empty>
      ) : (
        <>
          <Rows day={day} rows={rows} />
          <div className="row">
            <progress
              aria-label={say({ en: "Orders received", zh: "已接收报单" })}
              max={rows.length}
              value={rows.length - waiting.length}
            />
            <span className="unbroken">{`${rows.length - waiting.length} / ${rows.length}`}</span>
            <button
              type="button"
              className="button primary no-print"
              disabled={attempt.isPending || waiting.length === 0 || signer === undefined}
              onClick={signAll}
            >
              {attempt.isPending
                ? say({ en: "The wallet is asked …", zh: "等待钱包签署……" })
                : say({
                    en: waiting.length === rows.length ? `Sign ${rows.length} orders` : `Go on with ${waiting.length}`,
                    zh:
                      waiting.length === rows.length
                        ? `签署 ${rows.length} 份报单`
                        : `继续（剩余 ${waiting.length} 份）`,
                  })}
            </button>
            <button
              type="button"
              className="button no-print"
              disabled={attempt.isPending}
              onClick={() => {
                dropQueue(localStorage, day);
                setRows([]);
              }}
            >
              {say({ en: "Clear the list", zh: "清空列表" })}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

function Rows({ day, rows }: { day: Day; rows: readonly QueuedRow[] }) {
  const [say, format] = [useWords(), useFormat()];
  const counted = rows.map((row) => ({ row, ...bandTotals(curvesToBands(row.day.energy, row.day.price)) }));
  const sum = (values: readonly bigint[]) => values.reduce((all, value) => all + value, 0n);
  return (
    <>
      <dl className="figures">
        <div>
          <dt>{say({ en: "Meters", zh: "计量点" })}</dt>
          <dd>{rows.length}</dd>
        </div>
        <div>
          <dt>{say({ en: "Energy", zh: "电量" })}</dt>
          <dd>
            <Figure amount={format.mwh(sum(counted.map(({ totalEnergyWh }) => totalEnergyWh)))} />
          </dd>
        </div>
        <div>
          <dt>{say({ en: "At limit prices", zh: "按限价计" })}</dt>
          <dd>
            <Figure amount={format.yuan(sum(counted.map(({ totalAmountFen }) => totalAmountFen)))} />
          </dd>
        </div>
      </dl>
      <Table
        label={{ en: "Orders of the file", zh: "文件中的报单" }}
        rows={counted}
        keyOf={({ row }) => String(row.meter)}
        columns={[
          {
            title: { en: "Meter", zh: "计量点" },
            cell: ({ row }) => (
              <Link to="/day/$meter/$date" params={{ meter: String(row.meter), date: formatDay(day) }}>
                {String(row.meter)}
              </Link>
            ),
          },
          { title: { en: "Line", zh: "行" }, kind: "num", cell: ({ row }) => row.line },
          {
            title: { en: "Energy", zh: "电量" },
            kind: "num",
            cell: ({ totalEnergyWh }) => <Figure amount={format.mwh(totalEnergyWh)} />,
          },
          {
            title: { en: "At limit prices", zh: "按限价计" },
            kind: "num",
            cell: ({ totalAmountFen }) => <Figure amount={format.yuan(totalAmountFen)} />,
          },
          {
            title: { en: "Where it stands", zh: "状态" },
            cell: ({ row }) => {
              const entry = signedOf(localStorage, day, row);
              if (entry === undefined) return say({ en: "entered", zh: "已填写" });
              return (
                <Link to="/orders/$hash" params={{ hash: entry.hash }}>
                  {say(STAGE_WORDS[entry.receivedAt === undefined ? "signed" : "received"].words)}
                </Link>
              );
            },
          },
        ]}
      />
    </>
  );
}

type Rules = Parameters<typeof totalsOf>[2] & { side: "sell" | "buy" };

/** The order of a row, if nothing is wrong with it. */
function orderOf({ meter, line, day: curves, nonce }: QueuedRow, day: Day, trader: Address, rules: Rules) {
  const { side } = rules;
  const [wrong] = violationsOf(curves, side, rules).values();
  const totals = totalsOf(curves, { side, trader, meter, day, paymentDays: 0, continuous: false, nonce }, rules);
  if (wrong === undefined && totals !== undefined) return totals.order;
  const why = wrong === undefined ? { en: "without any energy", zh: "没有电量" } : wordsOfViolation(wrong, rules);
  throw new PortfolioRowError({
    en: `Line ${line}, meter ${meter}, is ${why.en}: correct the file and import it again. Nothing was signed.`,
    zh: `第 ${line} 行（计量点 ${meter}）${why.zh}：请更正文件后重新导入。尚未签署任何报单。`,
  });
}
