import { useParams } from "@tanstack/react-router";
import { parseDay } from "../../sdk/types/time.ts";
import { Portfolio } from "../market/entry/Portfolio.tsx";

export function PortfolioScreen() {
  const { date } = useParams({ from: "/portfolio/$date" });
  return <Portfolio key={date} day={parseDay(date)} />;
}
