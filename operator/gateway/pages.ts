import { z } from "@hono/zod-openapi";
import { number, query } from "./forms.ts";

/** Lists come in pages: an answer holds at most `limit` rows, and in `next` the `cursor` at which the next page begins. */

const USUAL = 100;
/** As many rows as a page has at most. */
export const MOST_LISTED = 500;

/** A place in a list: one or two whole numbers, which mean something to the list alone. */
type Place = readonly number[];

const CURSOR = z
  .string("cursor")
  .regex(/^\d{1,15}(-\d{1,15})?$/, "cursor")
  .transform((text) => text.split("-").map(Number))
  .openapi({ type: "string", description: "next of the page before", example: "1207" });

/** What a list is asked with, beside parameters of its own. */
export const listQuery = <Shape extends z.ZodRawShape>(shape: Shape) =>
  query({
    ...shape,
    cursor: CURSOR.optional(),
    limit: number(MOST_LISTED, 1).default(USUAL).openapi({ description: "rows of a page at most" }),
  });

/** A page of a list, as it is answered. */
export const pageForm = <Name extends string, Row extends z.ZodType>(name: Name, row: Row, schemaName: string) =>
  z
    .object({
      ...({ [name]: z.array(row) } as { [Key in Name]: z.ZodArray<Row> }),
      next: z.string().nullable().openapi({ description: "cursor of the next page; null if this is the last" }),
    })
    .openapi(schemaName);

/**
 * A page and where the next one begins.
 * @param read reads so many rows of the list, in an order in which no two rows have the same place
 * @param placeOf a row's place: the next page begins behind that of the last row
 */
export async function readPage<Row>(
  limit: number,
  read: (most: number) => Promise<Row[]>,
  placeOf: (row: Row) => Place,
): Promise<{ rows: Row[]; next: string | null }> {
  const found = await read(limit + 1);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? placeOf(last).join("-") : null };
}
