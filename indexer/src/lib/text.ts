/** Text as a database can keep it: whoever may write text on chain must not stop the indexer with a zero byte. */
export const storable = (text: string): string => text.replaceAll("\u0000", "");
