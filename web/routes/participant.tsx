import { useParams } from "@tanstack/react-router";
import { ParticipantRecord } from "../identity/ParticipantRecord.tsx";

export function ParticipantScreen() {
  const { id } = useParams({ from: "/participants/$id" });
  return <ParticipantRecord id={Number(id)} />;
}
