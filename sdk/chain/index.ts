/** A deployment, reached through one node: addresses, ABIs, logs. */
export { ABIS } from "./abis.ts";
export { connect, contractOf, type Market, marketOf, NO_FEE, type Platform, platformOf, walletOf } from "./client.ts";
export { CONTRACTS, type ContractName } from "./contracts.ts";
export { type Deployment, DeploymentError, parseDeployment } from "./deployment.ts";
export { LogError, type PlatformEvent, readEvents } from "./logs.ts";
