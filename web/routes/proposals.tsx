export { Proposals as ProposalsScreen } from "../market/proposals/Proposals.tsx";
