/** What an arbiter does about a trade; loaded when the first call is checked. */
export { freezeTrade, ruleOnTrade } from "../../sdk/market/arbitrate.ts";
