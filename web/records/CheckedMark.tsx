import type { UseQueryResult } from "@tanstack/react-query";
import { Failed } from "../design/index.ts";
import { Compared } from "./Compared.tsx";
import type { Comparison } from "./compare.ts";

/** The mark of what is compared with the chain: grey while it is not, or why it could not be. */
export function CheckedMark({
  check,
  indexBlock,
}: {
  check: UseQueryResult<Comparison>;
  indexBlock: number | undefined;
}) {
  if (check.isError && check.data === undefined)
    return <Failed error={check.error} retry={() => void check.refetch()} />;
  return (
    <div>
      <Compared comparison={check.isPlaceholderData ? undefined : check.data} indexBlock={indexBlock} />
    </div>
  );
}
