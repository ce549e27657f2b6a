import { bothOf, type Sentence } from "../words/bilingual.ts";

/** What of an OpenAPI 3.1 document is shown. */
export interface OpenApi {
  tags?: { name: string; description?: string }[];
  paths: Record<string, Record<string, RawOperation>>;
  components?: { schemas?: Record<string, Schema> };
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  enum?: readonly unknown[];
  example?: unknown;
  default?: unknown;
  format?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string;
  schema: Schema;
}

interface RawOperation {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content & { description?: string }>;
  security?: Record<string, unknown>[];
}

/** One thing that can be asked. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: Sentence;
  description: Sentence | undefined;
  parameters: readonly Parameter[];
  body: string | undefined;
  answers: readonly { status: string; description: Sentence; type: string | undefined }[];
  /** Whether a session or an API key is asked for. */
  isGuarded: boolean;
}

/** The operations under each tag, in the order of the document. */
export function operationsOf(api: OpenApi): { tag: string; about: Sentence; operations: Operation[] }[] {
  const all = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      tag: raw.tags?.[0] ?? "",
      operation: operationOf(path, method, raw),
    })),
  );
  return (api.tags ?? []).map(({ name, description = "" }) => ({
    tag: name,
    about: bothOf(description),
    operations: all.filter(({ tag }) => tag === name).map(({ operation }) => operation),
  }));
}

function operationOf(path: string, method: string, raw: RawOperation): Operation {
  const body = raw.requestBody?.content?.["application/json"]?.schema;
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    summary: bothOf(raw.summary ?? ""),
    description: raw.description === undefined ? undefined : bothOf(raw.description),
    parameters: raw.parameters ?? [],
    body: body === undefined ? undefined : typeText(body),
    answers: Object.entries(raw.responses).map(([status, { description = "", content }]) => {
      const schema = content?.["application/json"]?.schema;
      return { status, description: bothOf(description), type: schema === undefined ? undefined : typeText(schema) };
    }),
    isGuarded: (raw.security ?? []).length > 0,
  };
}

/** A schema as a programmer writes a type. */
export function typeText(schema: Schema, indent = ""): string {
  const { $ref, anyOf, oneOf, allOf, items, properties } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf("/") + 1);
  const choice = anyOf ?? oneOf;
  if (choice !== undefined) return choice.map((each) => typeText(each, indent)).join(" | ");
  if (allOf !== undefined) return allOf.map((each) => typeText(each, indent)).join(" & ");
  if (schema.enum !== undefined) return schema.enum.map((each) => JSON.stringify(each)).join(" | ");
  if (items !== undefined) {
    const inner = typeText(items, indent);
    return inner.includes(" ") ? `Array<${inner}>` : `${inner}[]`;
  }
  if (properties !== undefined) {
    const lines = Object.entries(properties).map(([name, each]) => {
      const mark = schema.required?.includes(name) ? "" : "?";
      return `${indent}  ${name}${mark}: ${typeText(each, `${indent}  `)};`;
    });
    return `{\n${lines.join("\n")}\n${indent}}`;
  }
  const types = [schema.type ?? "unknown"].flat().map((type) => (type === "integer" ? "number" : type));
  if (types.length === 1 && types[0] === "object") return "Record<string, unknown>";
  return types.join(" | ");
}

/** The address of a question, with what its parameters are filled with. */
export function addressOf(
  path: string,
  parameters: readonly Parameter[],
  values: Readonly<Record<string, string>>,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const asked = new URLSearchParams(
    parameters.flatMap(({ name, in: where }) => (where === "query" && values[name] ? [[name, values[name]]] : [])),
  );
  return asked.size === 0 ? filled : `${filled}?${asked}`;
}

/** What an example of a parameter is, where the document has one. */
export function exampleOf({ schema, required }: Parameter): string {
  const { example } = schema;
  if (example !== undefined) return String(example);
  return required && schema.enum !== undefined ? String(schema.enum[0]) : "";
}
