import type { RoleName } from "../../sdk/access/roles.ts";
import { useChain } from "../chain/index.ts";
import { useWallet } from "./wallet.ts";

/** The roles of the connected account, by the chain; undefined without a wallet, or while they are not known. */
export function useRoles(): readonly RoleName[] | undefined {
  const account = useWallet()?.account;
  const { data } = useChain(
    ["roles", account],
    async ({ platform }) => {
      const { readRolesOf } = await import("../../sdk/access/permissions.ts");
      return (await readRolesOf(platform, account!)).map(({ role }) => role);
    },
    { enabled: account !== undefined },
  );
  return account === undefined ? undefined : data;
}

/** Whether the connected account holds a role, by the chain. */
export const useHolds = (role: RoleName): boolean => useRoles()?.includes(role) ?? false;
