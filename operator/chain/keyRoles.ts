import { privateKeyToAccount } from "viem/accounts";
import { readContract } from "viem/actions";
import { contractOf, type Platform, ROLES, type RoleName } from "../../sdk/index.ts";
import type { PrivateKey } from "../common/settings.ts";

/** Keys of a setting, and the role that each of them must hold. */
export interface KeysOfRole {
  variable: string;
  role: RoleName;
  keys: readonly PrivateKey[];
}

/** What keys lack. */
export interface Lacking {
  /** A sentence for each key that cannot do what it is for. */
  sentences: { en: string; zh: string }[];
  /** Whether some setting has no key that can. */
  isNobodyLeft: boolean;
}

/** Asks the chain which keys do not hold the role that their setting is for, or hold it only with a delay. */
export async function readLacking(platform: Platform, settings: readonly KeysOfRole[]): Promise<Lacking> {
  const lacking: Lacking = { sentences: [], isNobodyLeft: false };
  for (const { variable, role, keys } of settings) {
    const accounts = keys.map((key) => privateKeyToAccount(key).address);
    const held = await Promise.all(accounts.map((account) => readRole(platform, role, account)));
    const sentences = accounts.flatMap((account, index) => {
      const [isMember, delay] = held[index]!;
      if (isMember && delay === 0) return [];
      const [en, zh] = isMember
        ? [`holds the role ${role} only with a delay of ${delay} s`, `持有的 ${role} 角色须等待 ${delay} 秒才能生效`]
        : [`does not hold the role ${role}`, `没有 ${role} 角色`];
      return [
        {
          en: `${variable}: the account ${account} ${en}: have it granted without a delay, or name the key of an account that holds it.`,
          zh: `${variable}：账户 ${account} ${zh}：请授予无延迟的角色，或改用持有该角色的账户的密钥。`,
        },
      ];
    });
    lacking.sentences.push(...sentences);
    if (sentences.length === keys.length) lacking.isNobodyLeft = true;
  }
  return lacking;
}

function readRole(platform: Platform, role: RoleName, account: `0x${string}`) {
  const manager = contractOf(platform, "AccessManager");
  return readContract(platform.client, { ...manager, functionName: "hasRole", args: [ROLES[role], account] });
}
