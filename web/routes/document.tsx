import { useParams } from "@tanstack/react-router";
import type { Hex } from "viem";
import { DocumentView } from "../documents/Document.tsx";

export function DocumentScreen() {
  const { id } = useParams({ from: "/documents/$id" });
  return <DocumentView key={id} id={id as Hex} />;
}
