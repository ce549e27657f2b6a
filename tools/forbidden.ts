/** What no Solidity here may say, though it compiles: it breaks the chains that we deploy to. */
const FORBIDDEN: readonly { pattern: RegExp; instead: string }[] = [
  {
    pattern: /\bblock\.(prevrandao|difficulty)\b|\b(prevrandao|difficulty)\(\)/,
    instead: "stops a Besu QBFT chain (besu issue 10610): draw by a block hash after a commitment",
  },
];

/** A sentence for each place of a Solidity source that says what it may not. */
export function forbiddenIn(file: string, source: string): string[] {
  return source.split("\n").flatMap((line, index) => {
    const code = line.replace(/\/\/.*$/, "");
    return FORBIDDEN.flatMap(({ pattern, instead }) => {
      const said = pattern.exec(code)?.[0];
      return said === undefined ? [] : [`${file}:${index + 1}: ${said} ${instead}.`];
    });
  });
}
