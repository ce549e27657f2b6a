import type { components } from "./api.ts";

type Schemas = components["schemas"];

/** Where an order stands that was handed in. */
export type KeptOrder = Schemas["KeptOrder"];
/** What a dry run found of an order that would be kept. */
export type CheckedOrder = Schemas["CheckedOrder"];
/** An order that was taken out of the book. */
export type CancelledOrder = Schemas["CancelledOrder"];
/** A page of a trader's orders of a day; `next` is the cursor of the next page, here and below. */
export type OrderPage = Schemas["OrderPage"];
/** A page of a party's proposals. */
export type ProposalPage = Schemas["ProposalPage"];
/** A page of what was cleared for a zone and day. */
export type RoundPage = Schemas["RoundPage"];
/** A page of the book of an auction as it was cleared. */
export type RoundOrderPage = Schemas["RoundOrderPage"];
/** A page of the batches of readings in a state. */
export type BatchPage = Schemas["BatchPage"];
/** A page of the tasks of a list. */
export type TaskPage = Schemas["TaskPage"];
/** A page of the journal of what was sent to the chain. */
export type SubmissionPage = Schemas["SubmissionPage"];
/** Where a bilateral trade stands, with the signatures that came so far. */
export type Proposal = Schemas["Proposal"];
/** When what can be done for a delivery day. */
export type Hours = Schemas["Hours"];
/** Whether orders are taken, and if not, why. */
export type Intake = Schemas["Intake"];
/** A page of the address book; check each entry by `checkName`. */
export type NamePage = Schemas["NamePage"];
/** A token by which a trader is known for an hour. */
export type Session = Schemas["Session"];
/** What needs a person at the moment, each with what to do about it. */
export type Alerts = Schemas["Alerts"];
/** A page of the days that trade, with what waits in each of their books. */
export type TradingDayPage = Schemas["TradingDayPage"];
/** A page of meter days that the metering service has and the chain has not. */
export type MeterDayNotOnChainPage = Schemas["MeterDayNotOnChainPage"];
