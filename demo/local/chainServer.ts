/** The local chain as a program: chainServer.ts PORT CHAIN_ID FIRST_SECOND. Started by chain.ts. */
import hre from "hardhat";

const [port, chainId, firstSecond] = process.argv.slice(2).map(Number);
if (port === undefined || chainId === undefined || firstSecond === undefined) {
  throw new Error("Usage: chainServer.ts PORT CHAIN_ID FIRST_SECOND");
}
// The simulated Besu terms of hardhat.config.ts. Blocks of one second share its timestamp: otherwise a busy chain would
// run ahead of the clock by a second a transaction.
const server = await hre.network.createServer(
  {
    network: "default",
    override: { chainId, initialDate: new Date(firstSecond * 1000), allowBlocksWithSameTimestamp: true },
  },
  "127.0.0.1",
  port,
);
await server.listen();
