import { type Address, type Hex, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { contractOf, type Platform } from "../chain/client.ts";
import { readEvents } from "../chain/logs.ts";
import { FIRM_SIZES, type FirmSize, PARTICIPANT_STATUSES, type ParticipantStatus } from "../types/enums.ts";
import type { Day } from "../types/time.ts";
import type { Fen } from "../types/units.ts";
import { nameOf } from "../types/words.ts";
import type { Kind } from "./enums.ts";
import { kindBits, kindsOf } from "./kinds.ts";

/** What a firm applies with. */
export interface ApplicationInput {
  /** The wallet that it will act with: a key's account or an ERC-1271 contract. */
  account: Address;
  kinds: readonly Kind[];
  size: FirmSize;
  /** Last day, inclusive, of the licence and of the authority of who acts. */
  validUntil: Day;
  /** Id of the document with licence and authority, or keccak256 of the sheet that lists them; neither is on the chain. */
  credentialHash: Hex;
  /** keccak256 of the unified social credit code of who controls the firm; affiliates have the same. */
  controller?: Hex;
  /** See `secondFactorSigner`. */
  secondFactor?: Hex;
  /** What the key alone may commit in a day; only with a second factor. */
  exposureLimitFen?: Fen;
}

/** An application as two registrars sign it off: what one proposes the other repeats. */
export interface Application {
  account: Address;
  size: number;
  validUntil: Day;
  kinds: number;
  credentialHash: Hex;
  secondFactor: Hex;
  exposureLimitFen: Fen;
  controller: Hex;
}

/** An application in the numbers of the chain. */
export function buildApplication(input: ApplicationInput): Application {
  return {
    account: input.account,
    size: FIRM_SIZES.indexOf(input.size),
    validUntil: input.validUntil,
    kinds: kindBits(input.kinds),
    credentialHash: input.credentialHash,
    secondFactor: input.secondFactor ?? "0x",
    exposureLimitFen: input.exposureLimitFen ?? 0n,
    controller: input.controller ?? zeroHash,
  };
}

/** The call by which a registrar proposes a newcomer, for viem's `writeContract`. */
export function proposeParticipant(platform: Platform, application: Application) {
  return { ...registryOf(platform), functionName: "propose" as const, args: [application] as const };
}

/** The call by which a registrar proposes other particulars of a participant, whose account stays. */
export function proposeRenewal(platform: Platform, participant: number, application: Application) {
  return {
    ...registryOf(platform),
    functionName: "proposeRenewal" as const,
    args: [participant, application] as const,
  };
}

/** The call by which a second registrar approves what another proposed, and repeats it. */
export function approveParticipant(platform: Platform, participant: number, application: Application) {
  return { ...registryOf(platform), functionName: "approve" as const, args: [participant, application] as const };
}

/** The call by which a second registrar rejects what another proposed. */
export function rejectParticipant(platform: Platform, participant: number) {
  return { ...registryOf(platform), functionName: "reject" as const, args: [participant] as const };
}

/** The call by which compliance lets a participant open nothing new. @param reason id of the document with the reason, or keccak256 of a file */
export function suspendParticipant(platform: Platform, participant: number, reason: Hex) {
  return { ...registryOf(platform), functionName: "suspend" as const, args: [participant, reason] as const };
}

/** The call by which compliance ends a suspension. */
export function reinstateParticipant(platform: Platform, participant: number) {
  return { ...registryOf(platform), functionName: "reinstate" as const, args: [participant] as const };
}

/** Where a participant stands. */
export interface ParticipantStanding {
  participant: number;
  /** The one proposed for a newcomer; undefined for one that was rejected. */
  account: Address | undefined;
  status: ParticipantStatus;
  kinds: Kind[];
  size: FirmSize;
  validUntil: Day;
}

/** The standing of an account's participant; undefined for a stranger. One that is only proposed has the status `Proposed`. */
export async function readParticipantOf(
  platform: Platform,
  account: Address,
): Promise<ParticipantStanding | undefined> {
  const standing = await readContract(platform.client, {
    ...registryOf(platform),
    functionName: "standingOf",
    args: [account],
  });
  if (standing.id === 0) return undefined;
  const status = nameOf(PARTICIPANT_STATUSES, standing.status);
  return { ...particulars(standing), participant: standing.id, account, status };
}

/** Every participant that was ever proposed, in the order of their numbers. */
export async function readParticipants(platform: Platform): Promise<ParticipantStanding[]> {
  const registry = registryOf(platform);
  const [count, events] = await Promise.all([
    readContract(platform.client, { ...registry, functionName: "participantCount" }),
    readEvents(platform, "ParticipantRegistry", ["ParticipantProposed", "ParticipantRejected"]),
  ]);
  // A newcomer has no account yet by which the registry would find its standing.
  const lastSaid = new Map(events.map((event) => [event.args.id, event]));
  return Promise.all(
    Array.from({ length: count }, async (_, index): Promise<ParticipantStanding> => {
      const participant = index + 1;
      const args = [participant] as const;
      const account = await readContract(platform.client, { ...registry, functionName: "accountOf", args });
      if (BigInt(account) !== 0n) {
        const standing = await readContract(platform.client, { ...registry, functionName: "standing", args });
        return {
          ...particulars(standing),
          participant,
          account,
          status: nameOf(PARTICIPANT_STATUSES, standing.status),
        };
      }
      const said = lastSaid.get(participant);
      if (said?.eventName !== "ParticipantProposed") {
        return {
          participant,
          account: undefined,
          status: "Rejected",
          ...particulars({ kinds: 0, size: 0, validUntil: 0 }),
        };
      }
      const { application } = said.args;
      return { ...particulars(application), participant, account: application.account, status: "Proposed" };
    }),
  );
}

/** What one registrar proposed of a participant, and another has to decide. */
export interface ParticipantProposal {
  application: Application;
  /** Who proposed it, and therefore cannot approve it. */
  registrar: Address;
}

/** What waits of a participant for a second registrar; undefined where nothing does. */
export async function readProposal(platform: Platform, participant: number): Promise<ParticipantProposal | undefined> {
  const events = ["ParticipantProposed", "ParticipantApproved", "ParticipantRejected"] as const;
  const last = (await readEvents(platform, "ParticipantRegistry", events, { id: participant })).at(-1);
  return last?.eventName === "ParticipantProposed"
    ? { application: last.args.application, registrar: last.args.registrar }
    : undefined;
}

/** All that two registrars signed off of a participant, as the chain has it now; undefined where they never did. */
export async function readInForce(platform: Platform, participant: number): Promise<Application | undefined> {
  const { client } = platform;
  const registry = registryOf(platform);
  const args = [participant] as const;
  const [account, standing, credentialHash, secondFactor, controller] = await Promise.all([
    readContract(client, { ...registry, functionName: "accountOf", args }),
    readContract(client, { ...registry, functionName: "standing", args }),
    readContract(client, { ...registry, functionName: "credentialHashOf", args }),
    readContract(client, { ...registry, functionName: "secondFactorOf", args }),
    readContract(client, { ...registry, functionName: "controllerOf", args }),
  ]);
  if (BigInt(account) === 0n) return undefined;
  const { size, validUntil, kinds, exposureLimitFen } = standing;
  return { account, size, validUntil, kinds, credentialHash, secondFactor, exposureLimitFen, controller };
}

function particulars({ kinds, size, validUntil }: { kinds: number; size: number; validUntil: Day }) {
  return { kinds: kindsOf(kinds), size: nameOf(FIRM_SIZES, size), validUntil };
}

const registryOf = (platform: Platform) => contractOf(platform, "ParticipantRegistry");
