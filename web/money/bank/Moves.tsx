import { useState } from "react";
import { type Column, Empty, Field, Table } from "../../design/index.ts";
import { type Chosen, ParticipantField } from "../../identity/index.ts";
import { Who } from "../../records/Who.tsx";
import { Send } from "../../wallets/index.ts";
import { useWords } from "../../words/index.ts";
import type { BankBooks, PendingMove } from "./queries.ts";

/** Customers that go to another bank or come from one: both banks give their word, and the second word moves the account. */
export function Moves({ books, me }: { books: BankBooks; me: number }) {
  const say = useWords();
  const mine = new Set(books.depositAccounts.items.map(({ participantId }) => participantId));
  const moves = books.pendingMoves.items.filter(
    ({ participantId, toBankId }) => toBankId === me || mine.has(participantId),
  );
  const columns: Column<PendingMove>[] = [
    { title: { en: "Customer", zh: "客户" }, cell: ({ participantId }) => <Who id={participantId} /> },
    { title: { en: "To bank", zh: "转入银行" }, cell: ({ toBankId }) => <Who id={toBankId} /> },
    {
      title: { en: "Word given by", zh: "已确认" },
      cell: ({ confirmedById, registrar }) =>
        registrar !== null && confirmedById === null ? (
          say({ en: "proposed by a registrar", zh: "注册员已提交" })
        ) : (
          <Who id={confirmedById} />
        ),
    },
    {
      title: { en: "Next", zh: "操作" },
      cell: (move) => <Word move={move} given={move.confirmedById === me} />,
    },
  ];
  return (
    <>
      <Begin books={books} me={me} />
      {moves.length === 0 ? (
        <Empty>{say({ en: "No move waits for a word.", zh: "没有待确认的转户。" })}</Empty>
      ) : (
        <Table
          label={{ en: "Moves", zh: "转户" }}
          columns={columns}
          rows={moves}
          keyOf={({ participantId, toBankId }) => `${participantId} ${toBankId}`}
        />
      )}
    </>
  );
}

function Word({ move: { participantId, toBankId }, given }: { move: PendingMove; given: boolean }) {
  const say = useWords();
  return (
    <Send
      title={given ? { en: "Take it back", zh: "撤回确认" } : { en: "Confirm the move", zh: "确认转户" }}
      isSmall
      call={async (platform) => (await import("./calls.ts")).confirmMove(platform, participantId, toBankId, !given)}
    >
      <p>
        {say(
          given
            ? {
                en: `Your bank no longer agrees that participant ${participantId} moves to bank ${toBankId}.`,
                zh: `本行撤回对参与方 ${participantId} 转至银行 ${toBankId} 的确认。`,
              }
            : {
                en: `Your bank agrees that participant ${participantId} moves to bank ${toBankId}. With the second bank's word the account moves at once, balance and holds included.`,
                zh: `本行确认参与方 ${participantId} 转至银行 ${toBankId}。两行均确认后账户立即转移，包括余额与冻结款项。`,
              },
        )}
      </p>
    </Send>
  );
}

/** A bank can give its word first, for a customer that goes or one that comes. */
function Begin({ books, me }: { books: BankBooks; me: number }) {
  const say = useWords();
  const [customer, setCustomer] = useState<Chosen>();
  const [to, setTo] = useState("");
  const banks = books.settlementBanks.items.map(({ participantId }) => participantId);
  const toBank = Number(to);
  return (
    <details>
      <summary>{say({ en: "Give your word first", zh: "先行确认" })}</summary>
      <div className="columns">
        <ParticipantField label={{ en: "Customer", zh: "客户" }} chosen={customer?.id} choose={setCustomer} />
        <Field label={{ en: "To bank", zh: "转入银行" }}>
          <select value={to} onChange={({ target }) => setTo(target.value)}>
            <option value="">{say({ en: "Choose …", zh: "请选择……" })}</option>
            {banks.map((bank) => (
              <option key={bank} value={bank}>
                {say({ en: `Bank ${bank}`, zh: `银行 ${bank}` })}
                {bank === me && say({ en: " (you)", zh: "（我方）" })}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Send
        title={{ en: "Confirm the move", zh: "确认转户" }}
        isDisabled={customer === undefined || to === ""}
        call={async (platform) => (await import("./calls.ts")).confirmMove(platform, customer!.id, toBank)}
      >
        {customer !== undefined && (
          <p>
            {say({
              en: `Your bank agrees that participant ${customer.id} moves to bank ${to}; the other bank's word moves the account.`,
              zh: `本行确认参与方 ${customer.id} 转至银行 ${to}；另一家银行确认后账户转移。`,
            })}
          </p>
        )}
      </Send>
    </details>
  );
}
