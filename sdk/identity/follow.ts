import type { Account, Address, Chain, Hex, Transport, WalletClient } from "viem";
import { readContract, waitForTransactionReceipt } from "viem/actions";
import { kwhToken, participantRegistry, receivables } from "../chain/abi/index.ts";
import { contractAt, type Platform } from "../chain/client.ts";
import { eventsOf } from "../chain/logs.ts";

/** Tokens whose units lie in accounts; deposits belong to participants and follow by themselves. */
const TOKENS = ["KwhToken", "Receivables"] as const;
type Token = (typeof TOKENS)[number];

/** Ids moved by one transaction: some five million gas. */
const BATCH = 80;

/** Ids of a token that an account has received at some time and holds units of now. */
export async function heldIds(platform: Platform, token: Token, holder: Address): Promise<bigint[]> {
  const arrived = await eventsOf(platform, { ...kwhToken, name: token }, ["TransferSingle", "TransferBatch"], {
    to: holder,
  });
  const ids = [...new Set(arrived.flatMap(({ args }) => ("id" in args ? [args.id] : args.ids)))];
  const balances = await readContract(platform.client, {
    ...asToken(platform, token),
    functionName: "balanceOfBatch",
    args: [ids.map(() => holder), ids],
  });
  return ids.filter((_, index) => balances[index] !== 0n);
}

/**
 * Brings the units that an account held until it was replaced to the current account of its participant. Anybody can send
 * this. Receivables on which a pledge lies in both accounts stay until one of the two has ended. Answers with the
 * transactions, which are in a block.
 */
export async function followAccount(
  platform: Platform,
  wallet: WalletClient<Transport, Chain, Account>,
  former: Address,
): Promise<Hex[]> {
  const sent: Hex[] = [];
  for (const token of TOKENS) {
    const held = await heldIds(platform, token, former);
    const ids = token === "Receivables" ? await withoutTwoPledges(platform, held, former) : held;
    for (let next = 0; next < ids.length; next += BATCH) {
      const args = [former, ids.slice(next, next + BATCH)] as const;
      const hash = await wallet.writeContract({ ...asToken(platform, token), functionName: "follow", args });
      await waitForTransactionReceipt(platform.client, { hash });
      sent.push(hash);
    }
  }
  return sent;
}

/** What is asked of both tokens here has one shape. */
const asToken = (platform: Platform, token: Token) => contractAt(platform, { ...kwhToken, name: token });

async function withoutTwoPledges(platform: Platform, ids: readonly bigint[], former: Address): Promise<bigint[]> {
  const [registry, units] = [contractAt(platform, participantRegistry), contractAt(platform, receivables)];
  const participant = await readContract(platform.client, {
    ...registry,
    functionName: "participantOfFormer",
    args: [former],
  });
  const account = await readContract(platform.client, { ...registry, functionName: "accountOf", args: [participant] });
  const isPledged = async (id: bigint, holder: Address) => {
    const args = [id, holder] as const;
    return (await readContract(platform.client, { ...units, functionName: "encumbranceOf", args })).units !== 0n;
  };
  const both = await Promise.all(
    ids.map(async (id) => (await isPledged(id, former)) && (await isPledged(id, account))),
  );
  return ids.filter((_, index) => !both[index]);
}
