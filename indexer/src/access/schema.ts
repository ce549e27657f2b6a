import { index, onchainTable, primaryKey } from "ponder";

/** An account that holds a role, or once did: what it may call is in `scripts/deploy/permissions.ts`. */
export const roleHolder = onchainTable(
  "role_holder",
  (p) => ({
    /** Number of the role, as the AccessManager counts them. */
    roleId: p.bigint().notNull(),
    /** Address of the account. */
    account: p.hex().notNull(),
    /** Name of the role, such as REGISTRAR; the number where the platform has no name for it. */
    role: p.text().notNull(),
    /** Seconds that what it does by the role waits before it takes effect; 0 for at once. */
    delaySeconds: p.bigint().notNull(),
    /** From when on it holds the role, or the delay of a role it had already. */
    since: p.bigint().notNull(),
    /** When it was granted last. */
    grantedAt: p.bigint().notNull(),
    grantedTx: p.hex().notNull(),
    /** When it was taken away. */
    revokedAt: p.bigint(),
    revokedTx: p.hex(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.roleId, table.account] }),
    byAccount: index().on(table.account),
  }),
);
