import { ponder } from "ponder:registry";
import { calendarDay, financeTerm } from "ponder:schema";
import { dateIfAny } from "../lib/date.ts";
import { moment } from "../lib/event.ts";

ponder.on("FinanceRules:FinanceTermsPublished", async ({ event, context: { db } }) => {
  const { effectiveDay, terms } = event.args;
  const { at, tx } = moment(event);
  await db.insert(financeTerm).values({
    ...{ effectiveDay: BigInt(effectiveDay), effectiveDate: dateIfAny(effectiveDay) },
    ...{ longestTenorDays: terms.longestTenorDays, lateRateBp: BigInt(terms.lateRateBp) },
    ...{ publishedAt: at, publishedTx: tx },
  });
});

ponder.on("FinanceRules:CalendarAnnounced", async ({ event, context: { db } }) => {
  const { daysOff, workdays } = event.args;
  // In the order in which the contract takes them: a day in both lists is a workday.
  const announced = [
    ...daysOff.map((day) => ({ day, businessDay: false })),
    ...workdays.map((day) => ({ day, businessDay: true })),
  ];
  for (const { day, businessDay } of announced) {
    const said = { businessDay, announcedAt: event.block.timestamp };
    await db
      .insert(calendarDay)
      .values({ day: BigInt(day), date: dateIfAny(day), ...said })
      .onConflictDoUpdate(said);
  }
});
