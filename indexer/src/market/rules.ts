import { ponder } from "ponder:registry";
import { replaceBigInts } from "ponder";
import { voltage } from "../metering/schema.ts";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { storable } from "../types/values.ts";
import { word } from "../types/words.ts";
import { ruleSet, zone } from "./schema.ts";

ponder.on("MarketRules:ZoneAdded", async ({ event, context: { db } }) => {
  const { zone: id, parent, name } = event.args;
  await db.insert(zone).values({
    id,
    parentId: parent === 0 ? null : parent,
    voltage: word(voltage, event.args.voltage),
    name: storable(name),
  });
});

ponder.on("MarketRules:RuleSetPublished", async ({ event, context: { db } }) => {
  const { id, effectiveDay, ruleHash, rules } = event.args;
  const { at, tx } = moment(event);
  await db.insert(ruleSet).values({
    id,
    ...dayAndDate(effectiveDay, "effective"),
    ruleHash,
    rules: replaceBigInts(rules, String),
    publishedAt: at,
    publishedTx: tx,
  });
});

ponder.on("MarketRules:RuleSetWithdrawn", async ({ event, context: { db } }) => {
  await db.update(ruleSet, { id: event.args.id }).set({ withdrawnAt: event.block.timestamp });
});
