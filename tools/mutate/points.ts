import { type Above, type Change, expressionChanges, isStatement, statementChanges } from "./operators.ts";
import { childrenOf, type Node, type Place, placeOf, typeOf } from "./syntax.ts";

/** A place of one file and what can go wrong there. */
export interface Point extends Place {
  shape: "expression" | "statement" | "modifier";
  /** A type that keeps the meaning of a bare number once it stands among alternatives. */
  cast?: string;
  /** Contract and function, or the function alone. */
  where: string;
  changes: Change[];
}

/** Parts of the tree that hold no code to change, or code that must be known to the compiler. */
const PASSED_OVER = [
  "ArrayTypeName",
  "ElementaryTypeName",
  "EnumDefinition",
  "ErrorDefinition",
  "EventDefinition",
  "ImportDirective",
  "InlineAssembly",
  "Mapping",
  "PragmaDirective",
  "StructDefinition",
  "StructuredDocumentation",
  "UserDefinedTypeName",
  "UsingForDirective",
];
const MODIFIERS = ["restricted", "nonReentrant"];

/** `text` holds one byte of the file a character, so that offsets of the tree are offsets in it. */
export function findPoints(tree: Node, text: string, constants: ReadonlySet<number>): Point[] {
  const points: Point[] = [];
  const textOf = (node: Node) => text.slice(placeOf(node).start, placeOf(node).end);

  function visit(node: Node, above: Above[]): void {
    if (PASSED_OVER.includes(node.nodeType) || (node.nodeType === "VariableDeclaration" && node.constant)) return;
    const where = whereIs(above);
    if (node.nodeType === "ModifierInvocation") {
      const name = textOf(node);
      if (!MODIFIERS.includes(name)) return;
      const changes: Change[] = [{ operator: "removed modifier", text: "" }];
      points.push({ ...placeOf(node), shape: "modifier", where, changes });
      return;
    }
    if (isStatement(node)) add(node, "statement", statementChanges(node, above, textOf), where);
    else add(node, "expression", expressionChanges(node, above, textOf, constants), where, castOf(node, above[0]));
    // What an emitted event or an error is made of is a call of its own, which cannot stand among alternatives.
    for (const { field, child } of childrenOf(node)) visit(child, [{ node, field }, ...above]);
  }

  function add(node: Node, shape: Point["shape"], changes: Change[], where: string, cast?: string): void {
    if (changes.length === 0) return;
    const place = placeOf(node);
    if (shape === "statement" && text[place.end] === ";") place.end += 1;
    const known = points.find(({ start, end }) => start === place.start && end === place.end);
    if (known) known.changes.push(...changes);
    else points.push({ ...place, shape, where, changes, ...(cast === undefined ? {} : { cast }) });
  }

  visit(tree, []);
  return points;
}

/** The ids of all declarations of constants. */
export function constantsOf(trees: Node[]): Set<number> {
  const found = new Set<number>();
  const visit = (node: Node): void => {
    if (node.nodeType === "VariableDeclaration" && node.constant) found.add(node.id as number);
    for (const { child } of childrenOf(node)) visit(child);
  };
  trees.forEach(visit);
  return found;
}

function castOf(node: Node, parent: Above | undefined): string | undefined {
  if (node.nodeType !== "Literal" || parent?.node.nodeType !== "BinaryOperation") return undefined;
  const isShift = parent.node.operator === "<<" || parent.node.operator === ">>";
  if (isShift) return parent.field === "leftExpression" ? typeOf(parent.node) : undefined;
  const common = (parent.node.commonType as { typeString?: string } | undefined)?.typeString ?? "";
  return /^u?int\d+$/.test(common) ? common : undefined;
}

function whereIs(above: Above[]): string {
  const named = above.filter(({ node }) => /^(Contract|Function|Modifier)Definition$/.test(node.nodeType)).reverse();
  return named.map(({ node }) => String(node.name || node.kind)).join(".");
}
