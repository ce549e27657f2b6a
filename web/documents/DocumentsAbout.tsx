import { lazy, Suspense } from "react";
import type { RelatedProps } from "./Related.tsx";

const Related = lazy(() => import("./Related.tsx"));

/** The documents about something, on its screen: they come after it. */
export const DocumentsAbout = (props: RelatedProps) => (
  <Suspense>
    <Related {...props} />
  </Suspense>
);
