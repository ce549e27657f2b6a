import { useParams } from "@tanstack/react-router";
import { DocumentsAbout } from "../documents/DocumentsAbout.tsx";
import { ClaimScreen } from "../finance/Claim.tsx";

export function ReceivableScreen() {
  const { id } = useParams({ from: "/receivables/$id" });
  return (
    <>
      <ClaimScreen id={id} />
      <DocumentsAbout kind="receivable" id={id} />
    </>
  );
}
