import {
  type GraphQLFieldResolver,
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isInputType,
  isListType,
  isNonNullType,
} from "graphql/index.js";
import { type Context, refusal } from "./query.ts";

/** A list of rows: its name, the columns that rows have, and those that tell every row from every other. */
export interface List {
  name: string;
  columns: Map<string, GraphQLInputType>;
  key: string[];
}

export const DEFAULT_LIMIT = 50;
const MOST_ROWS = 1_000;

export interface PageArgs {
  where?: Where | null;
  orderBy?: string | null;
  orderDirection?: string | null;
  after?: string | null;
  before?: string | null;
  limit?: number | null;
  offset?: number | null;
}

type Where = Record<string, unknown>;
type Row = Record<string, unknown>;
interface Page {
  items: Row[];
  totalCount: unknown;
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}
type Resolver = GraphQLFieldResolver<unknown, Context>;

/**
 * Ponder's resolver of a list, for pages that lose nothing. It compares rows with the cursor by `>` alone, which is never true of
 * a null, and so drops rows from every order in which some are missing: what lies beyond a cursor is therefore said by `where`.
 */
export function paged(list: List, resolve: Resolver): Resolver {
  return async (parent, given: PageArgs, context, info) => {
    const args = checked(list, given);
    // Ponder counts what it reads, with rows before the cursor left out: counted by itself, where it is asked for.
    const read = (of: PageArgs, fieldNodes: typeof info.fieldNodes = []) =>
      context.query.read(() => resolve(parent, present(of), context, { ...info, fieldNodes }) as Promise<Page>);
    const { where, orderBy, orderDirection, limit, offset, after, before } = args;
    const totalCount = async () => (await read({ where, limit: 0 }, info.fieldNodes)).totalCount;

    const cursor = after ?? before;
    if (cursor === undefined) {
      return { ...(await read({ where, orderBy, orderDirection, limit, offset })), totalCount };
    }
    const backwards = before !== undefined;
    const descends = (orderDirection === "desc") !== backwards;
    const beyond = beyondCursor(list, orderOf(list, orderBy), descends, cursor);
    const page = await read({
      where: where === undefined ? beyond : { AND: [where, beyond] },
      orderBy,
      orderDirection: descends ? "desc" : "asc",
      limit,
    });
    const { hasNextPage: more, startCursor: first, endCursor: last } = page.pageInfo;
    return {
      items: backwards ? page.items.toReversed() : page.items,
      totalCount,
      pageInfo: backwards
        ? { hasNextPage: true, hasPreviousPage: more, startCursor: last, endCursor: first }
        : { hasNextPage: more, hasPreviousPage: true, startCursor: first, endCursor: last },
    };
  };
}

type Checked = { [Name in keyof PageArgs]?: NonNullable<PageArgs[Name]> };

/** The arguments, without those that are null, if they can be answered. */
function checked(list: List, given: PageArgs): Checked {
  const args = present(given) as Checked;
  const { orderBy, orderDirection, limit = DEFAULT_LIMIT, offset = 0, after, before } = args;
  if (orderBy !== undefined) sortable(list, orderBy);
  if (orderDirection !== undefined && orderDirection !== "asc" && orderDirection !== "desc") {
    throw refusal({
      en: `orderDirection is "${orderDirection}", but must be "asc" or "desc".`,
      zh: `orderDirection 为“${orderDirection}”，须为 "asc" 或 "desc"。`,
    });
  }
  if (limit < 0 || limit > MOST_ROWS) {
    throw refusal({
      en: `limit is ${limit}, but must be from 0 to ${MOST_ROWS.toLocaleString("en")}: page on by after and endCursor.`,
      zh: `limit 为 ${limit}，须在 0 至 ${MOST_ROWS} 之间：请用 after 与 endCursor 翻页。`,
    });
  }
  if (offset < 0)
    throw refusal({ en: `offset is ${offset}, but must be 0 or more.`, zh: `offset 为 ${offset}，不得小于 0。` });
  if (after !== undefined && before !== undefined) {
    throw refusal({
      en: "A page is after a cursor or before one: give after or before, not both.",
      zh: "一页只能在游标之后或之前：after 与 before 只能给一个。",
    });
  }
  if ((after ?? before) !== undefined && offset > 0) {
    throw refusal({
      en: "A page begins at a cursor or at an offset: give after, before or offset, one of the three.",
      zh: "一页从游标或偏移量开始：after、before、offset 三者只能给一个。",
    });
  }
  if (args.where !== undefined) args.where = plainWhere(args.where);
  return args;
}

function sortable(list: List, column: string): void {
  const type = list.columns.get(column);
  if (type !== undefined && !isListType(getNullableType(type)) && !isStruct(getNamedType(type))) return;
  const [is, isZh] =
    type === undefined ? ["no column of it", "没有该列"] : ["a list of values, which has no order", "列表没有顺序"];
  throw refusal({
    en: `${list.name} cannot be ordered by "${column}", which is ${is}: name another column.`,
    zh: `${list.name} 不能按“${column}”排序（${isZh}）：请改用其他列。`,
  });
}

const isStruct = (type: GraphQLNamedType) => !isInputType(type);

/** Ordered by a column, and by the key where that is the same. */
function orderOf({ key }: List, orderBy: string | undefined): string[] {
  return orderBy === undefined ? key : [orderBy, ...key.filter((column) => column !== orderBy)];
}

/** The rows beyond the one of a cursor. In Postgres a missing value comes last in ascending order, and first in descending. */
function beyondCursor(list: List, order: string[], descends: boolean, cursor: string): Where {
  const at = readCursor(list, order, cursor);
  const [suffix, beyondNull]: [string, (column: string) => Where | undefined] = descends
    ? ["_lt", (column) => ({ [`${column}_not`]: null })]
    : ["_gt", () => undefined];
  const from = (index: number): Where | undefined => {
    const column = order[index];
    if (column === undefined) return undefined;
    const value = at.get(column);
    const nullable = !isNonNullType(list.columns.get(column));
    const further = value === null ? [beyondNull(column)] : [{ [`${column}${suffix}`]: value }];
    if (value !== null && nullable && !descends) further.push({ [column]: null });
    const inside = from(index + 1);
    const ways = [...further, inside && { AND: [{ [column]: value }, inside] }].filter((way) => way !== undefined);
    return ways.length === 0 ? undefined : { OR: ways };
  };
  return from(0) as Where;
}

/** The values of a row that Ponder wrote into a cursor: superjson in base64, of which whole numbers of any size are text. */
function readCursor(list: List, order: string[], cursor: string): Map<string, unknown> {
  try {
    const text = Buffer.from(cursor, "base64").toString();
    const { json } = JSON.parse(text) as { json: Record<string, unknown> };
    if (Object.keys(json).toSorted().join() !== order.toSorted().join()) throw new Error("other columns");
    return new Map(
      order.map((column) => {
        const type = list.columns.get(column) as GraphQLInputType;
        const value = json[column];
        if (value === null && !isNonNullType(type)) return [column, null];
        return [column, (getNamedType(type) as unknown as { parseValue(value: unknown): unknown }).parseValue(value)];
      }),
    );
  } catch {
    throw refusal({
      en: `The cursor "${cursor}" is none of ${list.name} ordered by ${order[0]}: take endCursor or startCursor of a page of the same list in the same order.`,
      zh: `游标“${cursor}”不属于按 ${order[0]} 排序的 ${list.name}：请使用同一列表、同一排序下某页的 endCursor 或 startCursor。`,
    });
  }
}

const COMPARES = /_(in|not_in|has|not_has|[gl]te?|(not_)?(contains|starts_with|ends_with)(_nocase)?)$/;

/** Ponder takes the conditions inside OR one by one, so that `OR: [{ a, b }]` means a or b: each is made one condition. */
function plainWhere(where: Where): Where {
  return Object.fromEntries(
    Object.entries(where).map(([name, value]) => {
      if (name === "AND" || name === "OR") {
        const parts = (value ?? []) as (Where | null)[];
        return [name, parts.filter((part) => part !== null).map((part) => together(plainWhere(part)))];
      }
      if (value === null && COMPARES.test(name)) {
        throw refusal({
          en: `${name} is null, with which nothing compares: leave it out, or ask for missing values by the column's own name.`,
          zh: `${name} 为 null，无法与之比较：请去掉该条件，或直接用列名查询缺失值。`,
        });
      }
      return [name, value];
    }),
  );
}

function together(where: Where): Where {
  const parts = Object.entries(where).map(([name, value]) => ({ [name]: value }));
  return parts.length === 1 ? where : { AND: parts };
}

function present(args: object): object {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null && value !== undefined));
}
