import { APPLICATION_FIELDS, type ApplicationField, changedFields } from "../../../sdk/identity/changes.ts";
import type { Application } from "../../../sdk/identity/participants.ts";
import { type Fact, Facts } from "../../design/index.ts";
import { useWords } from "../../words/index.ts";
import { FIELD_WORDS, partsOf, type Verifiers } from "./fields.ts";

interface DifferenceProps {
  /** What two registrars signed off before; undefined for a newcomer. */
  inForce: Application | undefined;
  proposed: Application;
  verifiers: Verifiers;
}

/** What is proposed, field by field: what the chain has now and what it would have, or that it stays. */
export function Difference({ inForce, proposed, verifiers }: DifferenceProps) {
  const say = useWords();
  if (inForce === undefined)
    return (
      <>
        <p>
          {say({
            en: "A newcomer: nothing of it is in force yet, and all of this is proposed.",
            zh: "新参与方：链上尚无生效内容，以下均为申请内容。",
          })}
        </p>
        <Particulars of={proposed} verifiers={verifiers} />
      </>
    );
  const changed = changedFields(inForce, proposed);
  const rows = APPLICATION_FIELDS.map(
    (field): Fact => [
      FIELD_WORDS[field],
      changed.includes(field) ? (
        <span key={field} data-changes={field}>
          <small>{say({ en: "now ", zh: "现为 " })}</small>
          <del>
            <Value field={field} of={inForce} verifiers={verifiers} />
          </del>
          <br />
          <small>{say({ en: "proposed ", zh: "改为 " })}</small>
          <ins>
            <Value field={field} of={proposed} verifiers={verifiers} />
          </ins>
        </span>
      ) : (
        <>
          <Value field={field} of={proposed} verifiers={verifiers} /> <small>{say({ en: "stays", zh: "不变" })}</small>
        </>
      ),
    ],
  );
  return (
    <>
      <p>
        {changed.length === 0
          ? say({ en: "It changes nothing of what is in force.", zh: "与现行内容完全一致。" })
          : say({
              en: `It changes ${changed.length} of ${APPLICATION_FIELDS.length} fields; the others stay as the chain has them.`,
              zh: `变更 ${changed.length} 项，共 ${APPLICATION_FIELDS.length} 项；其余与链上现行内容相同。`,
            })}
      </p>
      <Facts rows={rows} />
    </>
  );
}

interface OneProps {
  of: Application;
  verifiers: Verifiers;
}

/** All that two registrars sign off, to be read. */
export function Particulars({ of, verifiers }: OneProps) {
  return (
    <Facts
      rows={APPLICATION_FIELDS.map((field) => [
        FIELD_WORDS[field],
        <Value key={field} field={field} of={of} verifiers={verifiers} />,
      ])}
    />
  );
}

function Value({ field, of, verifiers }: OneProps & { field: ApplicationField }) {
  const say = useWords();
  const { words, code } = partsOf(field, of, verifiers);
  return (
    <>
      {words !== undefined && say(words)} {code !== undefined && <code>{code}</code>}
    </>
  );
}
