import { useParams } from "@tanstack/react-router";
import { Application } from "../identity/applications/Application.tsx";

export function ApplicationScreen() {
  const { id } = useParams({ from: "/applications/$id" });
  return <Application id={Number(id)} />;
}
