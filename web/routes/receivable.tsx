import { useParams } from "@tanstack/react-router";
import { ClaimScreen } from "../finance/Claim.tsx";

export function ReceivableScreen() {
  return <ClaimScreen id={useParams({ from: "/receivables/$id" }).id} />;
}
