import { Link } from "@tanstack/react-router";
import { pictureAt } from "./guides.ts";
import { type Block, blocksOf, type Inline } from "./markdown.ts";
import "./guide.css";

/** A guide's text as elements of the page. */
export function Markdown({ text }: { text: string }) {
  return blocksOf(text).map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part of a text is its place in it
    <Part key={at} block={block} />
  ));
}

function Part({ block }: { block: Block }) {
  if (block.kind === "heading") {
    const Heading = `h${block.level}` as const;
    return (
      <Heading>
        <Line content={block.content} />
      </Heading>
    );
  }
  if (block.kind === "paragraph")
    return (
      <p>
        <Line content={block.content} />
      </p>
    );
  const List = block.isNumbered ? "ol" : "ul";
  return (
    <List className="stack">
      {block.items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place in the list
        <li key={at}>
          <Line content={item} />
        </li>
      ))}
    </List>
  );
}

function Line({ content }: { content: Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a piece of a line is its place in it
  return content.map((piece, at) => <Piece key={at} piece={piece} />);
}

function Piece({ piece }: { piece: Inline }) {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "strong":
      return <strong>{piece.text}</strong>;
    case "code":
      return <code>{piece.text}</code>;
    case "picture":
      return <img src={pictureAt(piece.file)} alt={piece.text} loading="lazy" />;
    case "link":
      return isGuide(piece.to) ? (
        <Link to="/help/$role" params={{ role: piece.to.replace(".md", "") }}>
          {piece.text}
        </Link>
      ) : (
        // Other documents are not served here: their name says where they are.
        <span>{piece.text}</span>
      );
  }
}

const isGuide = (to: string) => /^[\w-]+\.md$/.test(to);
