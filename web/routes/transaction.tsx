import { useParams } from "@tanstack/react-router";
import { TransactionStory } from "../records/TransactionStory.tsx";

export function TransactionScreen() {
  const { hash } = useParams({ from: "/tx/$hash" });
  return <TransactionStory hash={hash} />;
}
