/** Refusals and failures as sentences. */
export { explain, type Refusal, refusalOf } from "./explain.ts";
export { isOfNode, type NodeError, type NodeWord, nodeErrorOf } from "./nodeError.ts";
