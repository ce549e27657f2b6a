import { useParams } from "@tanstack/react-router";
import { ProposalView } from "../market/proposals/ProposalView.tsx";

export function ProposalScreen() {
  const { hash } = useParams({ from: "/proposals/$hash" });
  return <ProposalView hash={hash} />;
}
