import type { ReactNode } from "react";
import { Failed, Loading, Titled } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { blockOf, type TadaDocumentNode, useIndexed, type WithBlock } from "../indexed/index.ts";
import type { Sentence } from "../words/index.ts";

/** What a screen is shown at: the chain's time, and the block of the index. */
export interface Shown {
  now: number;
  block: number | undefined;
}

interface OfNumberProps<Answer, Row> {
  title: Sentence;
  /** As it stands in the address, where anything may stand. */
  id: string;
  query: TadaDocumentNode<Answer, { id: string }>;
  pick: (answer: Answer) => Row | null;
  /** Shown where the index has none of this number. */
  none: ReactNode;
  children: (row: Row, shown: Shown) => ReactNode;
}

/** What the index has under the number in an address; the screen is headed whatever comes of it. */
export function OfNumber<Answer extends WithBlock, Row>(props: OfNumberProps<Answer, Row>) {
  const { title, id, query, pick, none, children } = props;
  const now = useChainNow();
  const isNumber = /^\d{1,18}$/.test(id);
  const { data, error, isPending, refetch } = useIndexed(query, { id }, { enabled: isNumber });
  const row = data === undefined ? null : pick(data);
  if (row !== null && now !== undefined) return children(row, { now, block: blockOf(data) });
  return (
    <Titled title={title}>
      {isNumber && (isPending || now === undefined) ? (
        <Loading />
      ) : isNumber && data === undefined ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        none
      )}
    </Titled>
  );
}
