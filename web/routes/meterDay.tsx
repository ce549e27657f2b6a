import { useParams } from "@tanstack/react-router";
import { MeterDay } from "../metering/MeterDay.tsx";

export function MeterDayScreen() {
  const { id, date } = useParams({ from: "/meters/$id/$date" });
  return <MeterDay meter={id} date={date} />;
}
