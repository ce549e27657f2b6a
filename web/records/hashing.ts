/** What files are hashed with; loaded when the first one is. */
export { keccak256 } from "viem";
