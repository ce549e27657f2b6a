import { extraData, sortValidators } from "./extraData.ts";
import type { Network } from "./network.ts";
import { validatorsOf } from "./network.ts";

/** Says "Byzantine fault tolerance" to the consensus rules: they refuse blocks without it. */
const MIX_HASH = "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365";

/** The first block of a QBFT network on which nobody pays for gas. */
export function genesis(network: Network) {
  const { chainId, fork, blockPeriodSeconds } = network;
  return {
    config: {
      chainId,
      homesteadBlock: 0,
      eip150Block: 0,
      eip155Block: 0,
      eip158Block: 0,
      byzantiumBlock: 0,
      constantinopleBlock: 0,
      petersburgBlock: 0,
      istanbulBlock: 0,
      muirGlacierBlock: 0,
      berlinBlock: 0,
      // Said and not merely implied, or the first block would have no base fee to compute from.
      londonBlock: 0,
      arrowGlacierBlock: 0,
      grayGlacierBlock: 0,
      shanghaiTime: 0,
      cancunTime: 0,
      // No addresses of system contracts: a network of known validators has neither deposits nor withdrawals.
      ...(fork === "osaka" ? { pragueTime: 0, osakaTime: 0 } : {}),
      zeroBaseFee: true,
      contractSizeLimit: 2_147_483_647,
      qbft: {
        blockperiodseconds: blockPeriodSeconds,
        epochlength: 30_000,
        requesttimeoutseconds: 2 * blockPeriodSeconds,
      },
    },
    nonce: "0x0",
    timestamp: "0x0",
    // Without it the first block alone would ask for 1 gwei, and tools would offer a fee that nobody can pay.
    baseFeePerGas: "0x0",
    gasLimit: "0x1fffffffffffff",
    difficulty: "0x1",
    mixHash: MIX_HASH,
    coinbase: `0x${"00".repeat(20)}`,
    extraData: extraData(sortValidators(validatorsOf(network))),
    alloc: {},
    number: "0x0",
    gasUsed: "0x0",
    parentHash: `0x${"00".repeat(32)}`,
  };
}
