import { MeterChoice } from "../market/entry/MeterChoice.tsx";

export function DayStart() {
  return <MeterChoice />;
}
