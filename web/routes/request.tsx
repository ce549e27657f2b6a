import { useParams } from "@tanstack/react-router";
import { RequestScreen } from "../finance/Request.tsx";

export function RequestOfId() {
  return <RequestScreen id={useParams({ from: "/requests/$id" }).id} />;
}
