import { ponder } from "ponder:registry";
import { calendarDay } from "../debts/schema.ts";
import { dayAndDate } from "../types/days.ts";
import { moment } from "../types/events.ts";
import { financeTerm } from "./schema.ts";

ponder.on("FinanceRules:FinanceTermsPublished", async ({ event, context: { db } }) => {
  const { effectiveDay, terms } = event.args;
  const { at, tx } = moment(event);
  const published = {
    ...{ longestTenorDays: terms.longestTenorDays, lateRateBp: BigInt(terms.lateRateBp), graceDays: terms.graceDays },
    ...{ publishedAt: at, publishedTx: tx, withdrawnAt: null },
  };
  // A day takes terms again once those before were withdrawn.
  await db
    .insert(financeTerm)
    .values({ ...dayAndDate(effectiveDay, "effective"), ...published })
    .onConflictDoUpdate(published);
});

ponder.on("FinanceRules:FinanceTermsWithdrawn", async ({ event, context: { db } }) => {
  const { effectiveDay } = event.args;
  await db.update(financeTerm, { effectiveDay }).set({ withdrawnAt: event.block.timestamp });
});

ponder.on("FinanceRules:CalendarAnnounced", async ({ event, context: { db } }) => {
  const { daysOff, workdays } = event.args;
  // In the order in which the contract takes them: a day in both lists is a workday.
  const announced = [
    ...daysOff.map((day) => ({ day, business: false })),
    ...workdays.map((day) => ({ day, business: true })),
  ];
  for (const { day, business } of announced) {
    const said = { business, announcedAt: event.block.timestamp };
    await db
      .insert(calendarDay)
      .values({ ...dayAndDate(day), ...said })
      .onConflictDoUpdate(said);
  }
});
