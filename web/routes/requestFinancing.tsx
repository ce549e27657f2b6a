import { useParams } from "@tanstack/react-router";
import { RequestForm } from "../finance/RequestForm.tsx";

export function RequestFinancingScreen() {
  return <RequestForm id={useParams({ from: "/receivables/$id/request" }).id} />;
}
