import { useParams } from "@tanstack/react-router";
import { BidForm } from "../finance/BidForm.tsx";

export function BidScreen() {
  return <BidForm id={useParams({ from: "/requests/$id/bid" }).id} />;
}
