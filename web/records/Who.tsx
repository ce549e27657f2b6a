import { Link } from "@tanstack/react-router";
import { useWords } from "../words/index.ts";

/** A participant by its number, with the way to its public record. */
export function Who({ id }: { id: number }) {
  const say = useWords();
  return (
    <Link to="/participants/$id" params={{ id: String(id) }} className="unbroken">
      {say({ en: `participant ${id}`, zh: `参与方 ${id}` })}
    </Link>
  );
}
