import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, type GraphQLField, getNamedType, isLeafType, isObjectType } from "graphql";
import type { LocalIndexer } from "../../demo/local/indexer.ts";
import { root } from "../../scripts/root.ts";

/** Rows by the name of the list. */
export type Tables = Map<string, Row[]>;
type Row = Record<string, unknown>;
type Page = { rows: { items: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };

/** Every row of every table that the indexer serves, in the order of its key. */
export async function allTables(indexer: LocalIndexer): Promise<Tables> {
  const tables: Tables = new Map();
  for (const [name, columns] of tableColumns()) {
    const rows: Row[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const query: string = `query ($after: String) { rows: ${name}(limit: 500, after: $after) {
        items { ${columns.map(({ name }) => name).join(" ")} } pageInfo { hasNextPage endCursor }
      } }`;
      const page: Page = await indexer.query<Page>(query, { after });
      rows.push(...page.rows.items);
      after = page.rows.pageInfo.endCursor;
      more = page.rows.pageInfo.hasNextPage;
    }
    tables.set(name, rows);
  }
  return tables;
}

/** A column of a row. */
export type Column = GraphQLField<unknown, unknown>;

/** The lists that the schema offers, with the columns of their rows and those that are their key. */
export function tableColumns(): [string, Column[], string[]][] {
  const schema = buildSchema(readFileSync(join(root, "indexer/schema.graphql"), "utf8"));
  const queries = schema.getQueryType()?.getFields() ?? {};
  return Object.values(queries).flatMap((field): [string, Column[], string[]][] => {
    const items = fieldsOf(field).items;
    if (items === undefined) return [];
    const key = queries[getNamedType(items.type).name]?.args.map(({ name }) => name) ?? [];
    return [[field.name, Object.values(fieldsOf(items)).filter(isColumn), key]];
  });
}

function fieldsOf({ type }: GraphQLField<unknown, unknown>) {
  const named = getNamedType(type);
  return isObjectType(named) ? named.getFields() : {};
}

const isColumn = ({ type }: GraphQLField<unknown, unknown>) => isLeafType(getNamedType(type));
