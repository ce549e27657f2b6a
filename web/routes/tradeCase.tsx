import { useParams } from "@tanstack/react-router";
import { TradeCase } from "../cases/TradeCase.tsx";

export function TradeCaseScreen() {
  const { id } = useParams({ from: "/trades/$id/evidence" });
  return <TradeCase id={id} />;
}
