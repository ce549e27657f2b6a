import { useParams } from "@tanstack/react-router";
import { Market } from "../market/Market.tsx";

export function MarketScreen() {
  const { zone, date } = useParams({ from: "/market/$zone/$date" });
  return <Market zone={Number(zone)} date={date} />;
}
