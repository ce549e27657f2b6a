interface LogEvent {
  block: { number: bigint; timestamp: bigint };
  transaction: { hash: `0x${string}` };
  log: { logIndex: number };
}

/** Second and transaction of an event, for the columns that record a moment. */
export const moment = ({ block, transaction }: LogEvent) => ({ at: block.timestamp, tx: transaction.hash });

/** Id of a row that stands for one event: block and position in it, "118-4". */
export const eventId = ({ block, log }: LogEvent): string => `${block.number}-${log.logIndex}`;
