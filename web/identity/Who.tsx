import { useWords } from "../words/index.ts";
import { useMe } from "./useMe.ts";

/** A participant by its number, which is what the chain knows it by; the reader's own is said to be. */
export function Who({ id }: { id: number | null | undefined }) {
  const say = useWords();
  const me = useMe();
  if (id === null || id === undefined) return <>—</>;
  const isMe = me?.participant === id;
  return (
    <span className="unbroken">
      {say({ en: `Participant ${id}`, zh: `参与方 ${id}` })}
      {isMe && say({ en: " (you)", zh: "（我方）" })}
    </span>
  );
}
