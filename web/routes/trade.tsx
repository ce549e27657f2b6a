import { useParams } from "@tanstack/react-router";
import { DocumentsAbout } from "../documents/DocumentsAbout.tsx";
import { Trade } from "../records/Trade.tsx";

export function TradeScreen() {
  const { id } = useParams({ from: "/trades/$id" });
  return (
    <>
      <Trade id={id} />
      <DocumentsAbout kind="trade" id={id} />
    </>
  );
}
