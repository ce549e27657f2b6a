import { Field } from "../design/index.ts";
import { graphql, useIndexed } from "../indexed/index.ts";
import { type Sentence, useWords } from "../words/index.ts";
import { useMe } from "./useMe.ts";
import { KIND_WORDS } from "./words.ts";

const ADMITTED = graphql(`query AdmittedParticipants {
  participants(where: { status_in: [active, suspended] }, orderBy: "id", limit: 1000) { items { id account kinds status } }
}`);

/** A participant that somebody may choose. */
export interface Chosen {
  id: number;
  account: string;
  kinds: readonly string[];
  status: string | null;
}

/** Everybody who was admitted, those who are suspended included: what they are owed they still receive. */
export const useParticipants = (): readonly Chosen[] => useIndexed(ADMITTED, {}).data?.participants.items ?? [];

interface ParticipantFieldProps {
  label: Sentence;
  hint?: Sentence;
  /** Which may be chosen; oneself never is. */
  may?: (participant: Chosen) => boolean;
  chosen: number | undefined;
  choose: (participant: Chosen | undefined) => void;
}

/** Chooses another participant. */
export function ParticipantField({ label, hint, may = () => true, chosen, choose }: ParticipantFieldProps) {
  const say = useWords();
  const me = useMe();
  const participants = useParticipants().filter((one) => one.id !== me?.participant && may(one));
  return (
    <Field label={label} hint={hint}>
      <select
        value={chosen ?? ""}
        onChange={({ target }) => choose(participants.find(({ id }) => String(id) === target.value))}
      >
        <option value="">{say({ en: "Choose …", zh: "请选择……" })}</option>
        {participants.map(({ id, kinds, status }) => (
          <option key={id} value={id}>
            {say({ en: `Participant ${id}`, zh: `参与方 ${id}` })} ·{" "}
            {kinds
              .flatMap((kind) => KIND_WORDS[kind] ?? [])
              .map(say)
              .join(say({ en: ", ", zh: "、" }))}
            {status === "suspended" && say({ en: ", suspended", zh: "，已暂停" })}
          </option>
        ))}
      </select>
    </Field>
  );
}
