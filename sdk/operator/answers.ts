import type { components } from "./api.ts";

type Schemas = components["schemas"];

/** Where an order stands that was handed in. */
export type KeptOrder = Schemas["KeptOrder"];
/** What a dry run found of an order that would be kept. */
export type CheckedOrder = Schemas["CheckedOrder"];
/** An order that was taken out of the book. */
export type CancelledOrder = Schemas["CancelledOrder"];
/** A trader's orders of a day, with where the next page begins. */
export type OrderPage = Schemas["OrderPage"];
/** Where a bilateral trade stands, with the signatures that came so far. */
export type Proposal = Schemas["Proposal"];
/** A token by which a trader is known for an hour. */
export type Session = Schemas["Session"];
