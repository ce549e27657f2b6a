import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect } from "chai";
import { root } from "../../../scripts/root.ts";
import { type Block, blocksOf, type Inline } from "../../../web/help/markdown.ts";

const FOLDERS = ["docs/guide", "docs/zh/guide"];

const inlinesOf = (block: Block): Inline[] => (block.kind === "list" ? block.items.flat() : block.content);

describe("The guides", () => {
  const guides = FOLDERS.flatMap((folder) =>
    globSync(`${folder}/*.md`, { cwd: root }).filter((page) => basename(page) !== "README.md"),
  );
  const blocks = (page: string) => blocksOf(readFileSync(join(root, page), "utf8"));

  it("are there for each role in both languages, and for no other", () => {
    const source = readFileSync(join(root, "web/help/guides.ts"), "utf8");
    const roles = [...source.matchAll(/role: "(\w+)"/g)].map(([, role = ""]) => role).sort();
    expect(roles).to.have.length(10);
    for (const folder of FOLDERS) {
      const found = guides.filter((page) => dirname(page) === folder).map((page) => basename(page, ".md"));
      expect(found.sort(), folder).to.deep.equal(roles);
    }
  });

  it("have a title, steps, and pictures that are there", () => {
    for (const page of guides) {
      const [title, ...rest] = blocks(page);
      expect(title, page).to.include({ kind: "heading", level: 1 });
      expect(
        rest.some((block) => block.kind === "list" && block.isNumbered),
        page,
      ).to.equal(true);
      const pictures = rest.flatMap(inlinesOf).flatMap((piece) => (piece.kind === "picture" ? piece.file : []));
      expect(pictures, page).to.have.length.greaterThan(0);
      for (const file of pictures)
        expect(existsSync(join(root, dirname(page), file)), `${page}: ${file}`).to.equal(true);
    }
  });

  it("name screens as the menu does", () => {
    const menu = readFileSync(join(root, "web/app/menu.ts"), "utf8");
    const words = [...menu.matchAll(/words: \{ en: "([^"]+)", zh: "([^"]+)" \}/g)].flatMap(([, ...both]) => both);
    const named = guides.flatMap((page) =>
      blocks(page)
        .flatMap(inlinesOf)
        .flatMap((piece) => (piece.kind === "strong" ? `${page}: ${piece.text}` : [])),
    );
    const known = [...words, "Connect a wallet", "连接钱包", "Sign with the wallet", "用钱包签署"];
    expect(named).to.have.length.greaterThan(40);
    expect(named.filter((each) => !known.some((word) => each.endsWith(`: ${word}`)))).to.deep.equal([]);
  });

  it("are read as they are written", () => {
    const text = "# A `b`\n\nOne\ntwo **three**.\n\n中文\n中文\n\n1. x\n   y\n2. [z](z.md)\n\n- ![p](q.png)";
    expect(blocksOf(text)).to.deep.equal([
      {
        kind: "heading",
        level: 1,
        content: [
          { kind: "text", text: "A " },
          { kind: "code", text: "b" },
        ],
      },
      {
        kind: "paragraph",
        content: [
          { kind: "text", text: "One two " },
          { kind: "strong", text: "three" },
          { kind: "text", text: "." },
        ],
      },
      { kind: "paragraph", content: [{ kind: "text", text: "中文中文" }] },
      {
        kind: "list",
        isNumbered: true,
        items: [[{ kind: "text", text: "x y" }], [{ kind: "link", text: "z", to: "z.md" }]],
      },
      { kind: "list", isNumbered: false, items: [[{ kind: "picture", text: "p", file: "q.png" }]] },
    ]);
  });
});
