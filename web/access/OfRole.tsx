import type { ReactNode } from "react";
import type { RoleName } from "../../sdk/access/roles.ts";
import { useHolds } from "../wallets/index.ts";
import { type Sentence, useWords } from "../words/index.ts";

/** What the holders of a role do; to others one sentence says who does it and what they can do, if anything is to be said. */
export function OfRole({
  holder,
  others,
  children,
}: {
  holder: RoleName;
  others?: Sentence | undefined;
  children: ReactNode;
}) {
  const say = useWords();
  if (useHolds(holder)) return children;
  return others === undefined ? null : <p className="soft">{say(others)}</p>;
}
