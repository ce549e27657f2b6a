import {
  type GraphQLField,
  type GraphQLInputFieldMap,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql/index.js";
import { parseDay } from "../../../../sdk/types/time.ts";
import { isPage } from "./cost.ts";
import { describe } from "./describe.ts";
import { buildGraphQLSchema } from "./library.ts";
import { blocks, type ReadHead } from "./live.ts";
import { type List, paged } from "./pages.ts";
import type { Context } from "./query.ts";
import { rulesType } from "./rules.ts";

type Field = GraphQLField<unknown, Context>;

/** The schema as served: Ponder's of the tables, and what it lacks. */
export function servedSchema(tables: object, readHead: ReadHead): GraphQLSchema {
  const ponders = buildGraphQLSchema({ schema: tables });
  const query = ponders.getQueryType() as GraphQLObjectType;
  const rows = new Map(
    Object.values(ponders.getTypeMap())
      .filter((type) => isObjectType(type))
      .map((type) => [type.name, type]),
  );
  const fieldsOf = (type: GraphQLObjectType): Field[] => Object.values(type.getFields());
  const rowOf = (field: Field) => rows.get(getNamedType(field.type).name.replace(/Page$/, "")) as GraphQLObjectType;

  for (const type of rows.values()) {
    for (const field of fieldsOf(type)) {
      if (isPage(field)) page(field, listOf(rowOf(field), query));
      else if (isDate(field)) field.type = withScalar(field.type, DATE);
    }
  }
  for (const type of Object.values(ponders.getTypeMap())) {
    if (isInputObjectType(type)) compareDates(type.getFields());
  }
  typed(rows.get("ruleSet"), "rules", new GraphQLNonNull(rulesType({ ...ponders.getTypeMap() })));
  typed(query, "_meta", new GraphQLNonNull(META));
  query.getFields()._meta!.description = META.description;
  describe(rows.values(), tables);

  const subscription = new GraphQLObjectType<object, Context>({
    name: "Subscription",
    description: "The same as queries: answered at once, and again when a block changed the answer.",
    fields: Object.fromEntries(
      fieldsOf(query).map(({ name, type, args, resolve, description }) => [
        name,
        {
          ...{ type, resolve, description },
          args: Object.fromEntries(args.map(({ name: argument, ...config }) => [argument, config])),
          subscribe: (_parent: unknown, _args: unknown, context: Context) => blocks(readHead, context),
        },
      ]),
    ),
  });
  return new GraphQLSchema({ description: query.description, query, subscription });
}

/** A list of rows as its pages need to know it: the query of one row asks for its key. */
function listOf(row: GraphQLObjectType, query: GraphQLObjectType): List {
  const columns = Object.values(row.getFields()).filter((field) => !isPage(field));
  return {
    name: row.name,
    columns: new Map(columns.map(({ name, type }) => [name, type as GraphQLInputType])),
    key: query.getFields()[row.name]?.args.map(({ name }) => name) ?? [],
  };
}

function page(field: Field, list: List): void {
  if (field.resolve) field.resolve = paged(list, field.resolve);
}

/** A day as text. What is no date would compare with dates all the same, and find what nobody asked for. */
const DATE = new GraphQLScalarType<string, string>({
  name: "Date",
  description: "A day at UTC+8 as text, such as 2026-11-22; 9999-12-31 stands for all days after it.",
  serialize: String,
  parseValue: (value) => {
    parseDay(String(value));
    return String(value);
  },
});

const isDate = ({ name }: { name: string }) => /^date$|[a-z]Date$/.test(name);

/** `date_gte` and the like, which Ponder has for numbers alone; dates as text are in the order of their days. */
function compareDates(fields: GraphQLInputFieldMap): void {
  for (const [name, field] of Object.entries(fields)) {
    const [, column = "", suffix] = /^(.*?)(_[a-z_]+)?$/.exec(name) ?? [];
    if (!isDate({ name: column })) continue;
    if (suffix === undefined) {
      for (const comparison of ["_gt", "_lt", "_gte", "_lte"]) {
        fields[`${column}${comparison}`] = { ...field, name: `${column}${comparison}`, type: DATE };
      }
    }
    if (suffix === undefined || /^_(not|in|not_in)$/.test(suffix)) field.type = withScalar(field.type, DATE);
    else if (/contains|starts|ends/.test(suffix)) delete fields[name];
  }
}

function withScalar<Type extends GraphQLOutputType | GraphQLInputType>(type: Type, scalar: GraphQLScalarType): Type {
  if (isNonNullType(type)) return new GraphQLNonNull(withScalar(type.ofType, scalar)) as Type;
  if (isListType(type)) return new GraphQLList(withScalar(type.ofType as GraphQLOutputType, scalar)) as unknown as Type;
  return scalar as Type;
}

/** Gives what Ponder serves as JSON of any kind the type that it has. */
function typed(type: GraphQLObjectType | undefined, name: string, as: GraphQLOutputType): void {
  const field = type?.getFields()[name];
  if (field === undefined) throw new Error(`There is no ${name} in ${type?.name ?? "the schema"} to give a type to.`);
  field.type = as;
}

const META = new GraphQLObjectType({
  name: "Meta",
  description: "How far the index is.",
  fields: {
    status: {
      type: new GraphQLNonNull(
        new GraphQLObjectType({
          name: "Status",
          description: "Of each chain that is read, how far.",
          fields: {
            market: {
              description: "The market's chain.",
              type: new GraphQLObjectType({
                name: "ChainStatus",
                description: "How far one chain is in the tables.",
                fields: {
                  id: { type: new GraphQLNonNull(GraphQLInt), description: "Number of the chain (EIP-155)." },
                  block: {
                    description: "The latest block whose events are in the tables.",
                    type: new GraphQLNonNull(
                      new GraphQLObjectType({
                        name: "BlockStatus",
                        description: "A block.",
                        fields: {
                          number: { type: new GraphQLNonNull(GraphQLInt), description: "Number of the block, from 0." },
                          timestamp: {
                            type: new GraphQLNonNull(GraphQLInt),
                            description: "When it was made, unix second.",
                          },
                        },
                      }),
                    ),
                  },
                },
              }),
            },
          },
        }),
      ),
      description: "By the name of the chain.",
    },
  },
});
