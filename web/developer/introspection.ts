/** What the index is asked about itself. */
export const INTROSPECTION = `{
  __schema {
    queryType { fields { name description args { name type { ...T } } type { ...T } } }
    types { name kind fields { name description type { ...T } } }
  }
}
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

interface TypeRef {
  kind: string;
  name: string | null;
  ofType?: TypeRef | null;
}

interface FieldOf {
  name: string;
  description: string | null;
  type: TypeRef;
  args?: { name: string; type: TypeRef }[];
}

export interface IntrospectedSchema {
  __schema: {
    queryType: { fields: FieldOf[] };
    types: { name: string; kind: string; fields: FieldOf[] | null }[];
  };
}

/** A thing that the index can be asked. */
export interface Question {
  name: string;
  about: string;
  /** Its arguments and fields, a line each. */
  fields: string;
  /** A query that can be asked as it is, but for what it is of. */
  example: string;
}

/** So many fields an example asks for. */
const MOST = 12;

export function questionsOf({ __schema: { queryType, types } }: IntrospectedSchema): Question[] {
  const byName = new Map(types.map((type) => [type.name, type]));
  return queryType.fields
    .filter(({ name }) => !name.startsWith("_"))
    .map(({ name, description, args = [], type }) => {
      const page = byName.get(nameOf(type));
      const listed = page?.fields?.find((field) => field.name === "items");
      const row = listed === undefined ? page : byName.get(nameOf(listed.type));
      const fields = row?.fields ?? [];
      const plain = fields.filter((field) => isPlain(field.type, byName)).slice(0, MOST);
      const asked = plain.map((field) => field.name).join(" ");
      const given = args.filter(({ type: { kind } }) => kind === "NON_NULL").map((arg) => `${arg.name}: ""`);
      const example =
        listed === undefined
          ? `{\n  ${name}${given.length === 0 ? "" : `(${given.join(", ")})`} { ${asked} }\n}`
          : `{\n  ${name}(limit: 10) {\n    items { ${asked} }\n    totalCount\n  }\n}`;
      const lines = [
        `${name}(${args.map((arg) => `${arg.name}: ${textOf(arg.type)}`).join(", ")}): ${textOf(type)}`,
        ...fields.map(
          (field) =>
            `  ${field.name}: ${textOf(field.type)}${field.description ? `  # ${field.description.split("\n")[0]}` : ""}`,
        ),
      ];
      return { name, about: description ?? "", fields: lines.join("\n"), example };
    });
}

const nameOf = ({ name, ofType }: TypeRef): string => name ?? (ofType ? nameOf(ofType) : "");

function textOf({ kind, name, ofType }: TypeRef): string {
  if (kind === "NON_NULL" && ofType) return `${textOf(ofType)}!`;
  if (kind === "LIST" && ofType) return `[${textOf(ofType)}]`;
  return name ?? "";
}

const isPlain = (type: TypeRef, byName: ReadonlyMap<string, { fields: unknown }>): boolean =>
  byName.get(nameOf(type))?.fields === null;
