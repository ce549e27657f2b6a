import { useParams } from "@tanstack/react-router";
import { GuidePage } from "../help/GuidePage.tsx";

export function GuideScreen() {
  const { role } = useParams({ from: "/help/$role" });
  return <GuidePage role={role} />;
}
