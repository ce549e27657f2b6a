import { createTableRelationsHelpers, extractTablesRelationalConfig, getTableColumns, is, One } from "drizzle-orm";
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isLeafType,
  isNonNullType,
} from "graphql/index.js";
import { COMMENTS } from "./comments.ts";
import { isPage } from "./cost.ts";

type Field = GraphQLField<unknown, unknown>;

/** What a column holds that is called so, in which unit. */
const UNITS: [RegExp, string][] = [
  [/Fen$/, "Fen (0.01 CNY)."],
  [/Wh$/, "Wh."],
  [/Bp$/, "Basis points (0.01 %)."],
  [/At$|^since$|Until$/, "Unix second."],
  [/Tx$/, "Hash of the transaction."],
  [/^day$|Day$/, "Number of the day: days since 1970-01-01 at UTC+8."],
  [/^date$|Date$/, "The same day as text, such as 2026-11-22."],
  [/^units$/, "Units: fen (0.01 CNY) of face value."],
  [/Hash$/, "keccak256."],
];

const OF_PAGE: Record<string, string> = {
  items: "The rows of the page.",
  pageInfo: "Where the page begins and ends.",
  totalCount: "How many rows the list has in all, whatever the page.",
};
const OF_PAGE_INFO: Record<string, string> = {
  hasNextPage: "Whether rows follow: ask for them by `after: endCursor`.",
  hasPreviousPage: "Whether rows go before: ask for them by `before: startCursor`.",
  startCursor: "Names the page's first row, for `before`.",
  endCursor: "Names the page's last row, for `after`.",
};
const OF_TYPE: Record<string, string> = {
  Query: "What happened on the market, as the chain's events say.",
  PageInfo: "Where a page of a list begins and ends.",
};
const OF_ARGUMENT: Record<string, string> = {
  where: "Which rows; all conditions must hold.",
  orderBy:
    "The column that rows are ordered by, and by their key where it is the same; by the key alone if none is given.",
  orderDirection:
    '"asc", as if nothing is given, or "desc". What is missing comes last in the one and first in the other.',
  after: "Rows after the one that a cursor of the same list and order names.",
  before: "Rows before the one that a cursor of the same list and order names.",
  limit: "How many rows at most: 50 if nothing is given, 1,000 at most.",
  offset: "How many rows are passed over; after and before are quicker in a long list.",
};

/** Says of everything that is served what it is, in which unit: by its comment in schema.ts, its name and its relations. */
export function describe(types: Iterable<GraphQLObjectType>, tables: object): void {
  const relations = relationsOf(tables);
  for (const type of types) {
    type.description ??=
      OF_TYPE[type.name] ?? COMMENTS[type.name] ?? (type.name.endsWith("Page") ? "A page of rows." : undefined);
    if (type.name === "Query") describeRoot(type);
    const ofType = type.name === "PageInfo" ? OF_PAGE_INFO : type.name.endsWith("Page") ? OF_PAGE : {};
    for (const field of Object.values(type.getFields())) {
      const own = ofType[field.name] ?? COMMENTS[`${type.name}.${field.name}`];
      const known = relations.get(`${type.name}.${field.name}`) ?? unitOf(field);
      field.description ??= [own, known].filter(Boolean).join(" ") || undefined;
      if (isPage(field)) for (const argument of field.args) argument.description = OF_ARGUMENT[argument.name];
    }
  }
}

/** One row by its key, or many in pages. */
function describeRoot(query: GraphQLObjectType): void {
  for (const field of Object.values(query.getFields())) {
    const row = getNamedType(field.type).name.replace(/Page$/, "");
    const of = COMMENTS[row] ?? "";
    field.description ??= isPage(field) ? `Every ${row}, in pages. ${of}` : `One ${row} by its key. ${of}`;
    for (const argument of field.args) argument.description ??= "Its key.";
  }
}

function unitOf({ name, type }: Field): string | undefined {
  if (!isLeafType(getNamedType(type))) return undefined;
  if (String(getNullableType(type)) === "[Int!]") {
    return "A curve: 96 values, one for each quarter-hour of the day from 00:00 at UTC+8.";
  }
  const unit = UNITS.find(([pattern]) => pattern.test(name))?.[1];
  const isMoment = /At$|Tx$/.test(name) && !isNonNullType(type);
  return isMoment ? `${unit} Null until then.` : unit;
}

/** Of each relation what it leads to, and of each column by which one leads somewhere whose number it is. */
function relationsOf(tables: object): Map<string, string> {
  const config = extractTablesRelationalConfig(tables as Record<string, unknown>, createTableRelationsHelpers);
  const all = Object.values(config.tables);
  const sentences = new Map<string, string>();
  for (const table of all) {
    for (const [name, relation] of Object.entries(table.relations)) {
      const target = all.find(({ dbName }) => dbName === relation.referencedTableName);
      if (target === undefined) continue;
      const one = is(relation, One);
      const way = one
        ? (relation as One)
        : (Object.values(target.relations).find(
            (back) =>
              is(back, One) &&
              back.referencedTableName === table.dbName &&
              (relation.relationName === undefined || back.relationName === relation.relationName),
          ) as One | undefined);
      const fields = (way?.config?.fields ?? []).map(nameOf);
      const references = (way?.config?.references ?? []).map(nameOf);
      if (one) {
        sentences.set(
          `${table.tsName}.${name}`,
          `The ${target.tsName} whose ${list(references)} ${references.length === 1 ? "is" : "are"} ${list(fields)} here.`,
        );
        const [only] = fields;
        if (fields.length === 1)
          sentences.set(`${table.tsName}.${only}`, `The ${list(references)} of its ${name}, a ${target.tsName}.`);
      } else {
        sentences.set(
          `${table.tsName}.${name}`,
          `Every ${target.tsName} whose ${list(fields)} ${fields.length === 1 ? "is" : "are"} its own ${list(references)}.`,
        );
      }
    }
  }
  return sentences;
}

type Column = NonNullable<One["config"]>["fields"][number];

function nameOf(column: Column): string {
  const found = Object.entries(getTableColumns(column.table)).find(([, { name }]) => name === column.name);
  return found?.[0] ?? column.name;
}

const list = (names: string[]) => names.join(" and ");
