export { NewProposal as NewProposalScreen } from "../market/proposals/NewProposal.tsx";
