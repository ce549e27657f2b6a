import { useParams } from "@tanstack/react-router";
import { DocumentsAbout } from "../documents/DocumentsAbout.tsx";
import { ParticipantRecord } from "../identity/ParticipantRecord.tsx";

export function ParticipantScreen() {
  const { id } = useParams({ from: "/participants/$id" });
  return (
    <>
      <ParticipantRecord id={Number(id)} />
      <DocumentsAbout kind="participant" id={id} />
    </>
  );
}
