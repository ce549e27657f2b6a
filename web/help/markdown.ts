/** A piece of a line. */
export type Inline =
  | { kind: "text" | "code" | "strong"; text: string }
  | { kind: "link"; text: string; to: string }
  | { kind: "picture"; text: string; file: string };

/** A part of a page. */
export type Block =
  | { kind: "heading"; level: 1 | 2 | 3; content: Inline[] }
  | { kind: "paragraph"; content: Inline[] }
  | { kind: "list"; isNumbered: boolean; items: Inline[][] };

const INLINE =
  /!\[(?<alt>[^\]]*)\]\((?<file>[^)]+)\)|\[(?<label>[^\]]+)\]\((?<to>[^)]+)\)|`(?<code>[^`]+)`|\*\*(?<strong>[^*]+)\*\*/g;
const CHINESE = /^[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
const CHINESE_END = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]$/u;
const ITEM = /^(?:(\d+\.)|-) (.*)$/;

/** Markdown as the guides are written in it: headings, paragraphs, lists, links, pictures. Nothing of it becomes markup by itself. */
export function blocksOf(markdown: string): Block[] {
  return markdown
    .split(/\n{2,}/)
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .map(blockOf);
}

function blockOf(text: string): Block {
  const heading = /^(#{1,3}) (.*)$/.exec(text);
  if (heading !== null)
    return { kind: "heading", level: heading[1]!.length as 1 | 2 | 3, content: inlineOf(heading[2]!) };
  const lines = text.split("\n");
  const first = ITEM.exec(lines[0]!);
  if (first === null) return { kind: "paragraph", content: inlineOf(joined(lines)) };
  const items: string[] = [];
  for (const line of lines) {
    const [, , item] = ITEM.exec(line) ?? [];
    if (item === undefined) items.push(joined([items.pop() ?? "", line.trim()]));
    else items.push(item);
  }
  return { kind: "list", isNumbered: first[1] !== undefined, items: items.map(inlineOf) };
}

/** Lines are joined by a space, but for Chinese, in which nothing stands between them. */
const joined = (lines: readonly string[]) =>
  lines.reduce((before, line) =>
    CHINESE_END.test(before) && CHINESE.test(line) ? before + line : `${before} ${line}`,
  );

function inlineOf(text: string): Inline[] {
  const pieces: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) pieces.push({ kind: "text", text: text.slice(at, match.index) });
    at = match.index + match[0].length;
    const { alt, file, label, to, code, strong } = match.groups!;
    if (file !== undefined) pieces.push({ kind: "picture", text: alt!, file });
    else if (to !== undefined) pieces.push({ kind: "link", text: label!, to });
    else if (code !== undefined) pieces.push({ kind: "code", text: code });
    else pieces.push({ kind: "strong", text: strong! });
  }
  if (at < text.length) pieces.push({ kind: "text", text: text.slice(at) });
  return pieces;
}
