/** What is signed for the operator and handed in to it; loaded when it is needed first. */
export { marketOf } from "../../sdk/chain/client.ts";
export { changeIntake, clearRounds, openDesk, openSession } from "../../sdk/operator/client.ts";
