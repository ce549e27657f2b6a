/** A node of solc's syntax tree: only what is asked of it here. */
export interface Node {
  nodeType: string;
  src: string;
  [key: string]: unknown;
}

/** Offsets are bytes of UTF-8. */
export interface Place {
  start: number;
  end: number;
}

export function placeOf(node: Node): Place {
  const [start = 0, length = 0] = node.src.split(":").map(Number);
  return { start, end: start + length };
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "nodeType" in value && "src" in value;
}

/** The nodes right below one, with the name of the field that holds them. */
export function* childrenOf(node: Node): Generator<{ field: string; child: Node }> {
  for (const [field, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield { field, child };
  }
}

export function typeOf(node: Node): string {
  return (node.typeDescriptions as { typeString?: string } | undefined)?.typeString ?? "";
}
