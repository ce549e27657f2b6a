import { Link } from "@tanstack/react-router";
import { useParticipant } from "../wallets/index.ts";
import { useWords } from "../words/index.ts";
import { useNames } from "./useNames.ts";

/** A participant by its number, with the way to its public record, and by its name where that was shown and proved; the reader's own is said to be. */
export function Who({ id }: { id: number | null | undefined }) {
  const say = useWords();
  const me = useParticipant();
  const names = useNames();
  if (id === null || id === undefined) return <>—</>;
  const name = names?.get(id);
  return (
    <>
      <Link to="/participants/$id" params={{ id: String(id) }} className="unbroken">
        {say({ en: `participant ${id}`, zh: `参与方 ${id}` })}
        {id === me && say({ en: " (you)", zh: "（我方）" })}
      </Link>
      {name !== undefined && <> {say(name)}</>}
    </>
  );
}
