/** A transaction of ethers that offers no fee: give it as the last argument of each call that is sent. */
export const NO_FEE = { type: 2, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n } as const;
