import {
  type DocumentNode,
  type FieldNode,
  type GraphQLDirective,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  getOperationAST,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql/index.js";
import { DEFAULT_LIMIT, type PageArgs } from "./pages.ts";
import { refusal } from "./query.ts";

/** What a query may cost: one for each row it can read and for each curve of a row, and this much for each list. */
const MOST_COST = 20_000;
const OF_LIST = 25;
const OF_META: Record<string, number> = { __schema: 5_000, __type: 250 };
const MOST_LEVELS = 10;
/** Lists of a type that lead to types again: what is asked inside of them grows with every level. */
const CIRCULAR = new Set(["fields", "inputFields", "interfaces", "possibleTypes"]);

interface Operation {
  document: DocumentNode;
  schema: GraphQLSchema;
  operationName?: string | null;
  variableValues?: Record<string, unknown> | null;
}

/** Refuses a query that could read too much before anything is read: what counts are its limits, and not what there is. */
export function refuseTooMuch({ document, schema, operationName, variableValues }: Operation): void {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return;
  const variables = variableValues ?? {};
  let cost = 0;

  select(operation.selectionSet, root, 1, 1);

  function select(set: SelectionSetNode, type: GraphQLObjectType, rows: number, level: number): void {
    for (const node of fieldsIn(set)) {
      if (level > MOST_LEVELS) {
        throw refusal({
          en: `The query is more than ${MOST_LEVELS} levels deep: ask for what lies deeper by its id.`,
          zh: `查询超过 ${MOST_LEVELS} 层：更深的内容请按其 id 查询。`,
        });
      }
      const ofMeta = OF_META[node.name.value];
      const field = type.getFields()[node.name.value];
      if (ofMeta !== undefined) {
        spend(ofMeta);
        refuseCircles(node.selectionSet);
      } else if (field !== undefined && isPage(field)) {
        readPage(node, field, rows, level);
      } else if (field !== undefined) {
        const within = getNamedType(field.type);
        const isList = isListType(getNullableType(field.type));
        // Another row, or a curve; other values of a row come with it.
        if (isObjectType(within) !== isList) spend(rows);
        if (node.selectionSet && isObjectType(within)) select(node.selectionSet, within, rows, level + 1);
      }
    }
  }

  function readPage(node: FieldNode, field: GraphQLField<unknown, unknown>, rows: number, level: number): void {
    const { limit } = getArgumentValues(field, node, variables) as PageArgs;
    const below = rows * Math.max(0, limit ?? DEFAULT_LIMIT);
    const page = getNamedType(field.type) as GraphQLObjectType;
    spend(rows * OF_LIST + below);
    for (const part of node.selectionSet ? fieldsIn(node.selectionSet) : []) {
      if (part.name.value === "totalCount") spend(rows * OF_LIST);
      const of = page.getFields()[part.name.value];
      const row = of && getNamedType(of.type);
      if (part.name.value === "items" && part.selectionSet && isObjectType(row)) {
        select(part.selectionSet, row, below, level + 1);
      }
    }
  }

  function spend(more: number): void {
    cost += more;
    if (cost <= MOST_COST) return;
    throw refusal({
      en: `The query could read more than the ${MOST_COST.toLocaleString("en")} rows that one may: give a smaller limit to the lists in it (${DEFAULT_LIMIT} rows if none is given), or ask for fewer lists inside lists.`,
      zh: `查询可能读取超过 ${MOST_COST} 行的上限：请减小其中各列表的 limit（未写时为 ${DEFAULT_LIMIT} 行），或减少列表中的列表。`,
    });
  }

  function refuseCircles(set: SelectionSetNode | undefined, isInside = false): void {
    for (const node of set ? fieldsIn(set) : []) {
      const isCircular = CIRCULAR.has(node.name.value);
      if (isCircular && isInside) {
        throw refusal({
          en: `The schema is asked for ${node.name.value} inside of fields: ask for one type by __type, and for the next by its name.`,
          zh: `查询在字段内部要求 ${node.name.value}：请用 __type 逐个按名称查询类型。`,
        });
      }
      refuseCircles(node.selectionSet, isInside || isCircular);
    }
  }

  /** The fields that will be answered, out of fragments, too. */
  function fieldsIn({ selections }: SelectionSetNode): FieldNode[] {
    return selections.flatMap((selection) => {
      const isIn = (directive: GraphQLDirective) => getDirectiveValues(directive, selection, variables)?.if;
      if (isIn(GraphQLSkipDirective) === true || isIn(GraphQLIncludeDirective) === false) return [];
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsIn(selection.selectionSet);
      const named = document.definitions.find(
        (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
      );
      return named?.kind === Kind.FRAGMENT_DEFINITION ? fieldsIn(named.selectionSet) : [];
    });
  }
}

/** Whether a field is a list of rows in pages. */
export function isPage({ args }: Pick<GraphQLField<unknown, unknown>, "args">): boolean {
  return args.some(({ name }) => name === "orderBy");
}
