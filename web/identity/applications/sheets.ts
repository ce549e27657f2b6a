/** What files and sheets are hashed and read with; loaded when the first one is. */
export { keccak256 } from "viem";
export { buildSheet, readSheet, SheetError, sheetHash } from "../../../sdk/identity/credentialSheet.ts";
