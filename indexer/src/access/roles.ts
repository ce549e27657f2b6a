import { ponder } from "ponder:registry";
import { ROLES } from "../../../sdk/access/roles.ts";
import { moment } from "../types/events.ts";
import { roleHolder } from "./schema.ts";

const NAMES = new Map<bigint, string>(Object.entries(ROLES).map(([name, id]) => [id, name]));

ponder.on("AccessManager:RoleGranted", async ({ event, context: { db } }) => {
  const { roleId, account, delay, since } = event.args;
  const { at: grantedAt, tx: grantedTx } = moment(event);
  const granted = {
    ...{ delaySeconds: BigInt(delay), since: BigInt(since), grantedAt, grantedTx },
    ...{ revokedAt: null, revokedTx: null },
  };
  await db
    .insert(roleHolder)
    .values({ roleId, account, role: NAMES.get(roleId) ?? String(roleId), ...granted })
    .onConflictDoUpdate(granted);
});

ponder.on("AccessManager:RoleRevoked", async ({ event, context: { db } }) => {
  const { roleId, account } = event.args;
  const { at, tx } = moment(event);
  await db.update(roleHolder, { roleId, account }).set({ revokedAt: at, revokedTx: tx });
});
