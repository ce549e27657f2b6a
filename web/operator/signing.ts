/** What sessions are opened with; loaded when the first one is. */
export { marketOf } from "../../sdk/chain/client.ts";
export { openDesk, openSession } from "../../sdk/operator/client.ts";
