import { type Node, typeOf } from "./syntax.ts";

/** What can go wrong at one place of the code. `operator` is how the page of results calls it. */
export interface Change {
  operator: Operator;
  /** An expression or statement in place of the original; a statement without text is left out. */
  text: string;
}

export type Operator =
  | "arithmetic"
  | "boundary"
  | "comparison"
  | "condition"
  | "constant"
  | "removed statement"
  | "removed modifier"
  | "swapped arguments";

/** Where a node stands: the nodes above it, nearest first, and the fields by which they hold it. */
export interface Above {
  node: Node;
  field: string;
}

const ARITHMETIC: Record<string, string> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "<<": ">>",
  ">>": "<<",
  "&": "|",
  "|": "&",
  "^": "&",
};
const BOUNDARY: Record<string, string> = { "<": "<=", "<=": "<", ">": ">=", ">=": ">" };
const ASSIGNMENT: Record<string, string> = { "+=": "-=", "-=": "+=", "|=": "&=", "&=": "|=", "*=": "/=" };
const REMOVABLE = ["ExpressionStatement", "EmitStatement", "RevertStatement", "Continue", "Break"];

type Text = (node: Node) => string;

/** The changes of an expression. */
export function expressionChanges(node: Node, above: Above[], text: Text, constants: ReadonlySet<number>): Change[] {
  return [...conditionChanges(node, above), ...(CHANGES[node.nodeType]?.(node, above, text, constants) ?? [])];
}

/** The changes of a statement, as whole statements. */
export function statementChanges(node: Node, above: Above[], text: Text): Change[] {
  const changes: Change[] = [];
  const expression = node.expression as Node | undefined;
  const removable = (REMOVABLE.includes(node.nodeType) || !expression) && !setsReference(expression);
  // What an `if` does alone is removed by its condition, which becomes false.
  if (removable && !isAllOfAnIf(above)) changes.push({ operator: "removed statement", text: "" });
  if (node.nodeType === "ExpressionStatement" && expression?.nodeType === "Assignment") {
    const other = ASSIGNMENT[expression.operator as string];
    const sides = [expression.leftHandSide, expression.rightHandSide] as [Node, Node];
    if (other) changes.push({ operator: "arithmetic", text: `${text(sides[0])} ${other} ${text(sides[1])};` });
  }
  if (node.nodeType === "EmitStatement") {
    for (const call of swaps(node.eventCall as Node, text)) {
      changes.push({ operator: "swapped arguments", text: `emit ${call};` });
    }
  }
  return changes;
}

/** A condition that is always true, or always false, should fail a test. */
function conditionChanges(node: Node, [parent]: Above[]): Change[] {
  const operator = "condition";
  if (isDecision(node, parent)) return ["true", "false"].map((text) => ({ operator, text }));
  if (parent?.node.nodeType === "WhileStatement" && parent.field === "condition") return [{ operator, text: "false" }];
  if (isOperandOf(parent, "&&")) return [{ operator, text: "true" }];
  if (isOperandOf(parent, "||")) return [{ operator, text: "false" }];
  return [];
}

const CHANGES: Record<string, (node: Node, above: Above[], text: Text, constants: ReadonlySet<number>) => Change[]> = {
  BinaryOperation(node, [parent], text) {
    const [left, right, sign] = [text(node.leftExpression as Node), text(node.rightExpression as Node), node.operator];
    if (typeof sign !== "string" || isKnownToTheCompiler(node)) return [];
    const changes: Change[] = [];
    const arithmetic = ARITHMETIC[sign];
    if (arithmetic) changes.push({ operator: "arithmetic", text: `${left} ${arithmetic} ${right}` });
    const boundary = BOUNDARY[sign];
    if (boundary) changes.push({ operator: "boundary", text: `${left} ${boundary} ${right}` });
    if ((boundary || sign === "==" || sign === "!=") && !isCondition(node, parent)) {
      changes.push({ operator: "comparison", text: `!(${left} ${sign} ${right})` });
    }
    return changes;
  },

  UnaryOperation(node, above, text) {
    const operand = text(node.subExpression as Node);
    const inLoopHeader = above.some(({ field }) => field === "loopExpression");
    const other = node.operator === "++" ? "--" : "++";
    if ((node.operator === "++" || node.operator === "--") && !inLoopHeader) {
      return [{ operator: "arithmetic", text: node.prefix ? `${other}${operand}` : `${operand}${other}` }];
    }
    if (node.operator === "~") return [{ operator: "arithmetic", text: operand }];
    if (node.operator === "!" && !isCondition(node, above[0])) return [{ operator: "comparison", text: operand }];
    return [];
  },

  Literal(node, [parent]) {
    if (node.kind === "bool") return [{ operator: "constant", text: node.value === "true" ? "false" : "true" }];
    if (node.kind !== "number" || !isComputed(node, parent)) return [];
    const written = `${node.value}${node.subdenomination ? ` ${node.subdenomination}` : ""}`;
    const isZero = /^0(x0+)?$/.test(String(node.value));
    return [`${written} + 1`, ...(isZero ? [] : [`${written} - 1`])].map((text) => ({ operator: "constant", text }));
  },

  Identifier: constantChanges,
  MemberAccess: constantChanges,

  FunctionCall(node, [parent], text) {
    // The values of an error are words to a person; those of an event are handled with its statement.
    if (parent?.node.nodeType === "RevertStatement" || parent?.node.nodeType === "EmitStatement") return [];
    return swaps(node, text).map((call) => ({ operator: "swapped arguments", text: call }));
  },
};

/** A named constant one more and one less where it is used: where it is declared, it must stay a constant. */
function constantChanges(node: Node, _above: Above[], text: Text, constants: ReadonlySet<number>): Change[] {
  if (!constants.has(node.referencedDeclaration as number) || !typeOf(node).startsWith("uint")) return [];
  return [`${text(node)} + 1`, `${text(node)} - 1`].map((changed) => ({ operator: "constant", text: changed }));
}

/** The call with two neighbouring arguments of one type in each other's place, for each such pair. */
function swaps(call: Node, text: Text): string[] {
  if (call.kind === "typeConversion" || (call.names as string[] | undefined)?.length) return [];
  const given = call.arguments as Node[];
  return given.slice(1).flatMap((second, index) => {
    const first = given[index] as Node;
    if (typeOf(first) !== typeOf(second) || text(first) === text(second)) return [];
    const order = given.map((argument) => (argument === first ? second : argument === second ? first : argument));
    return [`${text(call.expression as Node)}(${order.map(text).join(", ")})`];
  });
}

/** A reference to storage that is never set does not compile. */
function setsReference(expression: Node | undefined): boolean {
  return expression?.nodeType === "Assignment" && typeOf(expression).endsWith("storage pointer");
}

function isDecision(node: Node, parent: Above | undefined): boolean {
  const decides = parent?.node.nodeType === "IfStatement" || parent?.node.nodeType === "Conditional";
  return decides && parent.field === "condition" && typeOf(node) === "bool";
}

function isCondition(node: Node, parent: Above | undefined): boolean {
  const loops = parent?.node.nodeType === "WhileStatement" || parent?.node.nodeType === "ForStatement";
  return loops || isDecision(node, parent) || isOperandOf(parent, "&&") || isOperandOf(parent, "||");
}

function isOperandOf(parent: Above | undefined, operator: string): boolean {
  return parent?.node.nodeType === "BinaryOperation" && parent.node.operator === operator;
}

function isAllOfAnIf([parent, grandparent]: Above[]): boolean {
  const alone = (above: Above | undefined) =>
    above?.node.nodeType === "IfStatement" && above.field === "trueBody" && !above.node.falseBody;
  if (parent?.node.nodeType !== "Block") return alone(parent);
  return (parent.node.statements as Node[]).length === 1 && alone(grandparent);
}

/** A number that the code computes with: not a part of a constant, and no zero that says "nothing" or "nobody". */
function isComputed(node: Node, parent: Above | undefined): boolean {
  const holder = parent?.node;
  if (typeOf(node).startsWith("address") || isKnownToTheCompiler(holder)) return false;
  if (holder?.kind === "typeConversion") return typeOf(holder).startsWith("uint");
  const common = (holder?.commonType as { typeString?: string } | undefined)?.typeString ?? "uint";
  return !/^(address|bytes)/.test(common);
}

/** Numbers that the compiler computes with itself: `10_000 * 360`. */
function isKnownToTheCompiler(node: Node | undefined): boolean {
  return node !== undefined && /^(int|rational)_const /.test(typeOf(node));
}

export function isStatement(node: Node): boolean {
  return [...REMOVABLE, "Return"].includes(node.nodeType);
}
