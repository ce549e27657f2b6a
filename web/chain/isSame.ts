/** Whether two hashes or addresses are one, however their letters are written; what is not there is no other. */
export const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one.toLowerCase() === other?.toLowerCase();
