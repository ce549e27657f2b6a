import { numberToHex, zeroHash } from "viem";
import { type ChainEvent, event } from "./eventChain.ts";
import { digestOf, REGISTRARS } from "./market.ts";
import { BANK, DAY, FACTORY, PLANT } from "./story.ts";

const [FIRST, SECOND] = REGISTRARS;
/** No account is as small as a participant's number. */
export const OFFICE = numberToHex(0x0ff1ce_000000_000000n, { size: 20 });
export const [CONTRACT, NEXT_CONTRACT, CERTIFICATE, NONSENSE] = [
  digestOf("contract"),
  digestOf("next contract"),
  digestOf("certificate"),
  digestOf("nonsense"),
] as const;
export const ENVELOPE = digestOf("envelope").slice(0, 58) as `0x${string}`;
export const REWRAPPED = digestOf("rewrapped").slice(0, 58) as `0x${string}`;
const [X, Y] = [digestOf("x"), digestOf("y")];
const MOST = 2n ** 128n - 1n;

/** A contract between plant and factory with a second version, a certificate of a registrar's office, and a subject that none is. */
export const DOCUMENTS: ChainEvent[] = [
  // The factory's first proposal gives way to another, the plant's is rejected once.
  proposed(FACTORY),
  ...enrolled(FACTORY, 1),
  proposed(PLANT),
  event("DocumentRegistry", "KeyRejected", { reader: BigInt(PLANT), registrar: SECOND }),
  ...[...enrolled(PLANT, 1), ...enrolled(BANK, 1), ...enrolled(OFFICE, 1)],
  event("DocumentRegistry", "AuditorNamed", { auditor: BigInt(BANK) }),
  anchored(CONTRACT, PLANT, { subjectKind: 1, subject: 1n }),
  ...[added(CONTRACT, PLANT), added(CONTRACT, FACTORY), added(CONTRACT, BANK), added(CONTRACT, OFFICE)],
  // The factory lost its key, the office leaves and comes back, the bank's key is ended by compliance.
  event("DocumentRegistry", "KeyRetired", { reader: BigInt(FACTORY), key: 1 }),
  ...enrolled(FACTORY, 2),
  event("DocumentRegistry", "EnvelopeReplaced", {
    ...{ id: CONTRACT, reader: BigInt(FACTORY), key: 2, envelopeHash: REWRAPPED },
  }),
  event("DocumentRegistry", "ReaderRemoved", { id: CONTRACT, reader: BigInt(OFFICE) }),
  added(CONTRACT, OFFICE),
  event("DocumentRegistry", "ReaderRemoved", { id: CONTRACT, reader: BigInt(BANK) }),
  event("DocumentRegistry", "KeyRevoked", { reader: BigInt(BANK), key: 1, reason: digestOf("why") }),
  anchored(NEXT_CONTRACT, PLANT, { subjectKind: 1, subject: 1n, predecessor: CONTRACT }),
  anchored(CERTIFICATE, OFFICE, { kind: 3, subjectKind: 2, subject: (1n << 32n) | BigInt(DAY) }),
  ...[1, 2, 3, 4, 5, 6].map((subjectKind) =>
    anchored(digestOf(`${NONSENSE} ${subjectKind}`), FACTORY, { subjectKind, subject: MOST }),
  ),
];

function proposed(reader: number | `0x${string}`): ChainEvent {
  return event("DocumentRegistry", "KeyProposed", { reader: BigInt(reader), registrar: FIRST, x: X, y: Y });
}

function enrolled(reader: number | `0x${string}`, key: number): ChainEvent[] {
  const approved = { reader: BigInt(reader), key, registrar: SECOND, x: X, y: Y };
  return [proposed(reader), event("DocumentRegistry", "KeyApproved", approved)];
}

function anchored(id: `0x${string}`, owner: number | `0x${string}`, more: object): ChainEvent {
  const document = {
    ...{ kind: 1, subjectKind: 0, subject: 0n, size: 4_000, predecessor: zeroHash },
    ...{ ciphertextHash: digestOf(`ciphertext of ${id}`), commitment: digestOf(`commitment of ${id}`), ...more },
  };
  return event("DocumentRegistry", "DocumentAnchored", { id, owner: BigInt(owner), document });
}

function added(id: `0x${string}`, reader: number | `0x${string}`): ChainEvent {
  return event("DocumentRegistry", "ReaderAdded", { id, reader: BigInt(reader), key: 1, envelopeHash: ENVELOPE });
}
