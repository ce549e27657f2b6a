import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/root.ts";

/** The one table of what debts are for. A row's number on chain is its place, from 1. */
const TABLE = "contracts/debts/codes.tsv";
const HEADER = `Generated from ${TABLE} by \`npm run codegen\`. Do not edit.`;

interface Row {
  name: string;
  zh: string;
  en: string;
  poster: string;
  claimable: boolean;
  counted: boolean;
  meaning: string;
}

/** What Solidity and the sdk make of the table, by path from the root. The Solidity is written before anything compiles. */
export function debtCodeFiles(): Map<string, string> {
  const rows = readRows();
  return new Map([
    ["contracts/debts/DebtCode.sol", solidityOf(rows)],
    ["sdk/debts/codes.ts", typescriptOf(rows)],
  ]);
}

function readRows(): Row[] {
  const [, ...lines] = readFileSync(join(root, TABLE), "utf8").trimEnd().split("\n");
  return lines.map((line, index) => {
    const cells = line.split("\t");
    const [name = "", zh = "", en = "", poster = "", claimable, counted, meaning = ""] = cells;
    const isYesOrNo = [claimable, counted].every((word) => word === "yes" || word === "no");
    if (cells.length !== 7 || !isYesOrNo || !/^[A-Z][A-Za-z]+$/.test(name) || [zh, en, meaning].includes("")) {
      throw new Error(
        `${TABLE}, line ${index + 2}: expected name, Chinese, English, poster (may be empty), yes or no, yes or no, and ` +
          `what it is, with a tab between them; it says "${line}".`,
      );
    }
    return { name, zh, en, poster, claimable: claimable === "yes", counted: counted === "yes", meaning };
  });
}

function solidityOf(rows: Row[]): string {
  const members = rows.map(({ name, meaning }) => `    /// ${meaning}\n    ${name}`);
  const mask = (isIn: (row: Row) => boolean) =>
    rows.reduce((sum, row, index) => (isIn(row) ? sum + 2 ** (index + 1) : sum), 0);
  return `// SPDX-License-Identifier: Apache-2.0
// ${HEADER}
pragma solidity 0.8.37;

using {isClaimable, isCounted} for DebtCode global;

/// @dev What a debt is for.
enum DebtCode {
    None,
${members.join(",\n")}
}

/// @dev A bit for each code, by its number.
uint256 constant CLAIMABLE = ${mask(({ claimable }) => claimable)};
uint256 constant COUNTED = ${mask(({ counted }) => counted)};

/// @dev Whether the creditor's side may be divided into units: whether it may become a receivable.
function isClaimable(DebtCode code) pure returns (bool) {
    return CLAIMABLE & (1 << uint256(code)) != 0;
}

/// @dev Whether payment, default and arrears enter the credit record, and a default closes terms to the debtor.
function isCounted(DebtCode code) pure returns (bool) {
    return COUNTED & (1 << uint256(code)) != 0;
}
`;
}

function typescriptOf(rows: Row[]): string {
  const entries = rows.map(({ name, zh, en, poster, claimable, counted }) => {
    const words = Object.entries({ zh, en, ...(poster !== "" && { poster }), claimable, counted });
    return `  ${name}: {\n${words.map(([field, value]) => `    ${field}: ${JSON.stringify(value)},\n`).join("")}  },\n`;
  });
  return `// ${HEADER}

import type { DebtCode } from "./enums.ts";

/** What there is to know about a code of debts. */
export interface DebtCodeEntry {
  zh: string;
  en: string;
  /** The contract that posts debts of this code; undefined where its room does not exist yet. */
  poster?: string;
  /** Whether the creditor's side may become a receivable. */
  claimable: boolean;
  /** Whether payment, default and arrears enter the credit record, and a default closes terms to the debtor. */
  counted: boolean;
}

/** What debts are for, by their code. */
export const DEBT_CODE_ENTRIES = {
${entries.join("")}} as const satisfies Record<Exclude<DebtCode, "None">, DebtCodeEntry>;
`;
}
