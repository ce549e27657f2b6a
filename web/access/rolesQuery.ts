import { graphql, type ResultOf } from "../indexed/index.ts";

/** Who holds which role, and who held one. */
export const ROLES = graphql(`query Roles {
  holding: roleHolders(where: { revokedAt: null }, orderBy: "roleId", limit: 500) { items { ...Holder } }
  former: roleHolders(where: { revokedAt_gt: "0" }, orderBy: "revokedAt", orderDirection: "desc", limit: 200) { items { ...Holder } }
  _meta { status { market { block { number } } } }
}
fragment Holder on roleHolder { roleId role account delaySeconds since grantedTx revokedAt revokedTx }`);

export type RolesAnswer = ResultOf<typeof ROLES>;
export type HolderRow = RolesAnswer["holding"]["items"][number];
