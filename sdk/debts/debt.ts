import { readContract } from "viem/actions";
import { debtLedger } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import type { Day } from "../types/time.ts";
import type { Fen } from "../types/units.ts";
import { nameOf } from "../types/words.ts";
import { DEBT_CODES, DEBT_STATUSES, type DebtCode, type DebtStatus } from "./enums.ts";

/** A debt as it stands. */
export interface DebtState {
  id: bigint;
  debtor: number;
  creditor: number;
  code: DebtCode;
  status: DebtStatus;
  issueDay: Day;
  dueDay: Day;
  amountFen: Fen;
  unpaidFen: Fen;
  /** Late fee due now. */
  lateFeeFen: Fen;
  /** Unix second from which default can be declared, while it is unpaid. */
  defaultsAt: number;
  /** Unix second from which it is in arrears of more than two months, while it is unpaid. */
  arrearsAt: number;
  /** Whether the creditor's side is divided into units. */
  claimed: boolean;
}

/** Where a debt stands at the last block. */
export async function readDebt(platform: Platform, id: bigint): Promise<DebtState> {
  const { client } = platform;
  const ledger = contractAt(platform, debtLedger);
  const [debt, [unpaidFen, lateFeeFen, defaultsAt, arrearsAt]] = await Promise.all([
    readContract(client, { ...ledger, functionName: "debtOf", args: [id] }),
    readContract(client, { ...ledger, functionName: "dueOn", args: [id] }),
  ]);
  const { code, status, book, ...rest } = debt;
  return {
    ...{ id, ...rest, code: nameOf(DEBT_CODES, code), status: nameOf(DEBT_STATUSES, status) },
    ...{ unpaidFen, lateFeeFen, defaultsAt: Number(defaultsAt), arrearsAt: Number(arrearsAt), claimed: book !== 0 },
  };
}
