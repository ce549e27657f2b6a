/** What an arbiter does about a debt; loaded when the first call is checked. */
export { standStill, writeOff } from "../../sdk/debts/arbitrate.ts";
