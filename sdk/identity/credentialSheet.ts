import { type Hex, isHex, keccak256, size, stringToBytes } from "viem";
import { DujiangError } from "../types/errors.ts";
import type { Sentence } from "../types/sentence.ts";

/**
 * What registrars keep of a participant (登记表), as text whose keccak256 is the credential hash on chain: who knows the text
 * knows the name, and that it is the one that two registrars signed off.
 */
export interface CredentialSheet {
  name: Sentence;
  /** Of the papers that the registrars saw, which nobody is shown: their titles and keccak256. */
  papers: readonly { title: string; hash: Hex }[];
}

/** Thrown when a text is no sheet. */
export class SheetError extends DujiangError {}

/** An entry of the address book. */
export interface NameEntry {
  participant: number;
  /** The sheet as its hash was made. */
  sheet: string;
}

/** Whether an entry is what the chain has: its name if it is, otherwise both hashes. */
export type CheckedName = { isChecked: true; name: Sentence } | { isChecked: false; found: Hex; expected: Hex };

const LONGEST_NAME = 200;
const MOST_PAPERS = 50;

/** The text of a sheet, one form for one content. */
export function buildSheet({ name: { en, zh }, papers }: CredentialSheet): string {
  const sheet = { name: { en, zh }, papers: papers.map(({ title, hash }) => ({ title, hash: hash.toLowerCase() })) };
  const text = `${JSON.stringify(sheet, null, 2)}\n`;
  readSheet(text);
  return text;
}

/** What stands on chain for a sheet. */
export const sheetHash = (text: string): Hex => keccak256(stringToBytes(text));

/** The sheet that a text holds. @throws SheetError if it holds none */
export function readSheet(text: string): CredentialSheet {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw noSheet();
  }
  const { name, papers } = (found ?? {}) as Partial<CredentialSheet>;
  const isName = (value: unknown) => typeof value === "string" && value !== "" && value.length <= LONGEST_NAME;
  const isPaper = (paper: Partial<CredentialSheet["papers"][number]> | null) =>
    isName(paper?.title) && isHex(paper?.hash) && size(paper.hash) === 32;
  const arePapers = Array.isArray(papers) && papers.length <= MOST_PAPERS && papers.every(isPaper);
  if (!isName(name?.en) || !isName(name?.zh) || !arePapers) throw noSheet();
  return {
    name: { en: (name as Sentence).en, zh: (name as Sentence).zh },
    papers: papers as CredentialSheet["papers"],
  };
}

/** Checks an entry by the participant's credential hash on chain, which `credentialHashOf` or the index has. */
export function checkName({ sheet }: Pick<NameEntry, "sheet">, credentialHash: Hex): CheckedName {
  const found = sheetHash(sheet);
  if (found !== credentialHash.toLowerCase()) return { isChecked: false, found, expected: credentialHash };
  return { isChecked: true, name: readSheet(sheet).name };
}

function noSheet(): SheetError {
  return new SheetError({
    en: 'This is no sheet of a participant: it needs {"name": {"en", "zh"}, "papers": [{"title", "hash"}]}, as buildSheet writes it.',
    zh: '这不是参与方登记表：须为 buildSheet 写出的 {"name": {"en", "zh"}, "papers": [{"title", "hash"}]}。',
  });
}
