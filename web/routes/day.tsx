import { useParams } from "@tanstack/react-router";
import { parseDay } from "../../sdk/types/time.ts";
import { DayEntry } from "../market/entry/DayEntry.tsx";

export function DayScreen() {
  const { meter, date } = useParams({ from: "/day/$meter/$date" });
  return <DayEntry meter={BigInt(meter)} day={parseDay(date)} />;
}
