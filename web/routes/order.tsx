import { useParams } from "@tanstack/react-router";
import type { Hex } from "viem";
import { OrderView } from "../market/entry/OrderView.tsx";

export function OrderScreen() {
  const { hash } = useParams({ from: "/orders/$hash" });
  return <OrderView key={hash} hash={hash as Hex} />;
}
