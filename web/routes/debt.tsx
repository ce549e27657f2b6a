import { useParams } from "@tanstack/react-router";
import { DebtRecord } from "../debts/DebtRecord.tsx";

export function DebtScreen() {
  const { id } = useParams({ from: "/debts/$id" });
  return <DebtRecord id={id} />;
}
