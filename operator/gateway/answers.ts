import { z } from "@hono/zod-openapi";

const FAILURE = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: "InsufficientFree" }),
      sentence: z.string().openapi({ description: "in the language of the answer" }),
      sentences: z.object({ en: z.string(), zh: z.string() }),
      figures: z.record(z.string(), z.unknown()),
      requestId: z.string(),
    }),
  })
  .openapi("Failure");

/** An answer of JSON. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  content: { "application/json": { schema } },
  description,
});

/** A message of JSON, which has to be there. Nothing that is checked of it waits: zod is much faster when it knows. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: {
    "application/json": {
      schema: Object.assign(schema, { safeParseAsync: async (value: unknown) => schema.safeParse(value) }),
    },
  },
});

/** What any route that takes a message may answer with. */
export const REFUSALS = {
  400: json(FAILURE, "A field is wrong; the sentence names it"),
  413: json(FAILURE, "The message is too large"),
  415: json(FAILURE, "The message is not JSON"),
  422: json(FAILURE, "The chain would refuse it; reason and figures of the moment"),
  429: json(FAILURE, "Too many messages"),
  503: json(FAILURE, "Chain or database do not answer at the moment"),
} as const;

/** What any question may be answered with. */
export const UNANSWERED = { 400: REFUSALS[400], 429: REFUSALS[429], 503: REFUSALS[503] } as const;

export const MISSING = { ...UNANSWERED, 404: json(FAILURE, "There is no such thing") } as const;
export const TAKEN = { 409: json(FAILURE, "Something else is in its place") } as const;
export const KEYED = { 401: json(FAILURE, "An API key of the operator, or a session, is needed") } as const;
