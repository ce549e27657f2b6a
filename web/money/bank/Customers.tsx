import { useState } from "react";
import type { Hex } from "viem";
import { type Column, Dialog, Empty, Figure, Table } from "../../design/index.ts";
import { type Chosen, ParticipantField } from "../../identity/index.ts";
import { FileHash } from "../../records/FileHash.tsx";
import { Who } from "../../records/Who.tsx";
import { Send } from "../../wallets/index.ts";
import { useFormat, useWords } from "../../words/index.ts";
import type { BankBooks, Customer } from "./queries.ts";

/** Whose accounts the bank keeps; it opens accounts, and freezes them by a court's order. */
export function Customers({ books }: { books: BankBooks }) {
  const say = useWords();
  const { yuan } = useFormat();
  const [chosen, choose] = useState<Customer>();
  const columns: Column<Customer>[] = [
    { title: { en: "Customer", zh: "客户" }, cell: ({ participantId }) => <Who id={participantId} /> },
    {
      title: { en: "Balance", zh: "余额" },
      kind: "num",
      cell: ({ balanceFen }) => <Figure amount={yuan(BigInt(balanceFen))} />,
    },
    {
      title: { en: "Held of it", zh: "其中冻结" },
      kind: "num",
      cell: ({ heldFen }) => <Figure amount={yuan(BigInt(heldFen))} />,
    },
    {
      title: { en: "State", zh: "状态" },
      cell: ({ frozen }) => say(frozen ? { en: "frozen by an order", zh: "司法冻结" } : { en: "in use", zh: "正常" }),
    },
    {
      title: { en: "Next", zh: "操作" },
      cell: (customer) => (
        <button type="button" className="button s" onClick={() => choose(customer)}>
          {say(customer.frozen ? { en: "Release …", zh: "解除冻结……" } : { en: "Freeze …", zh: "冻结账户……" })}
        </button>
      ),
    },
  ];
  return (
    <>
      <Open books={books} />
      {books.depositAccounts.items.length === 0 ? (
        <Empty>{say({ en: "This bank keeps no account yet.", zh: "本行尚未开立账户。" })}</Empty>
      ) : (
        <Table
          label={{ en: "Customers", zh: "客户" }}
          columns={columns}
          rows={books.depositAccounts.items}
          keyOf={({ participantId }) => participantId}
        />
      )}
      {chosen !== undefined && <Freeze customer={chosen} close={() => choose(undefined)} />}
    </>
  );
}

function Open({ books }: { books: BankBooks }) {
  const say = useWords();
  const [newcomer, setNewcomer] = useState<Chosen>();
  const kept = books.kept.items.map(({ participantId }) => participantId);
  return (
    <div className="row" style={{ alignItems: "end" }}>
      <ParticipantField
        label={{ en: "Open an account for", zh: "为其开户" }}
        hint={{ en: "Participants that no bank keeps an account of.", zh: "尚无开户银行的参与方。" }}
        may={({ id }) => !kept.includes(id)}
        chosen={newcomer?.id}
        choose={setNewcomer}
      />
      <Send
        title={{ en: "Open the account", zh: "开户" }}
        isDisabled={newcomer === undefined}
        call={async (platform) => (await import("./calls.ts")).openAccount(platform, newcomer!.id)}
        done={() => setNewcomer(undefined)}
      >
        {newcomer !== undefined && (
          <p>
            {say({
              en: `From now on your bank keeps the account of participant ${newcomer.id}: what is in it is a claim on your bank.`,
              zh: `自此由本行为参与方 ${newcomer.id} 保管账户：其余额即为对本行的债权。`,
            })}
          </p>
        )}
      </Send>
    </div>
  );
}

function Freeze({ customer, close }: { customer: Customer; close: () => void }) {
  const say = useWords();
  const [reason, setReason] = useState<Hex>();
  const { participantId, frozen } = customer;
  return (
    <Dialog
      title={{ en: `Account of participant ${participantId}`, zh: `参与方 ${participantId} 的账户` }}
      close={close}
    >
      <FileHash
        label={{ en: "The order", zh: "司法文书" }}
        hint={{ en: "It stays on this device; its hash goes on chain.", zh: "文件留在本设备，仅其哈希上链。" }}
        choose={setReason}
      />
      <p>
        <Send
          title={frozen ? { en: "Release the account", zh: "解除冻结" } : { en: "Freeze the account", zh: "冻结账户" }}
          isPrimary
          isDisabled={reason === undefined}
          done={close}
          call={async (platform) =>
            (await import("./calls.ts")).freezeAccount(platform, participantId, !frozen, reason!)
          }
        >
          <p>
            {say(
              frozen
                ? {
                    en: `The free balance of participant ${participantId} can be paid, redeemed and held again.`,
                    zh: `参与方 ${participantId} 的可用余额恢复支付、赎回与冻结。`,
                  }
                : {
                    en: `The free balance of participant ${participantId} stops moving: no transfer, redemption or new hold. What is held already is paid, and debts can be repaid.`,
                    zh: `参与方 ${participantId} 的可用余额停止动用：不能转账、赎回或新增冻结；已冻结款项照常支付，债务仍可清偿。`,
                  },
            )}
          </p>
        </Send>
      </p>
    </Dialog>
  );
}
