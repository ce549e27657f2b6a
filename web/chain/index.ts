/** The node that the page asks; the sdk's chain layer comes when it is needed. */
export { isSame } from "./isSame.ts";
export type { Reached } from "./platform.ts";
export { askNode, type Head, nodeUrl, RpcError, readHead } from "./rpc.ts";
export { reachChain, useChain } from "./useChain.ts";
