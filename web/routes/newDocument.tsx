import { useSearch } from "@tanstack/react-router";
import { SealForm } from "../documents/SealForm.tsx";

export function NewDocumentScreen() {
  return <SealForm search={useSearch({ from: "/documents/new" })} />;
}
