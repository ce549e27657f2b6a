import { Readable } from "node:stream";
import { createRoute, z } from "@hono/zod-openapi";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { type Reader, readerId, readerOf } from "../../sdk/documents/readers.ts";
import { PART_BYTES } from "../../sdk/documents/store.ts";
import { body, json, KEYED, MISSING, REFUSALS } from "../gateway/answers.ts";
import type { GatewayApp } from "../gateway/context.ts";
import { ADDRESS, HASH, hex, number, whole } from "../gateway/forms.ts";
import { limitBody } from "../gateway/limitBody.ts";
import { MINUTE, tooMany } from "../gateway/limits.ts";
import { Refusal } from "../gateway/refusal.ts";
import type { Access, Reading } from "./access.ts";
import type { DocumentMetrics } from "./metrics.ts";
import { rangeOf } from "./range.ts";
import type { DocumentSettings } from "./settings.ts";
import { bytesOfPart, type DocumentStore, partsOf } from "./store.ts";

/** Their messages are parts of files. */
export const PART_PATHS = /^\/documents\/0x[0-9a-fA-F]{64}\/parts\/\d{1,9}$/;

const EXPIRY = whole(0, 2 ** 40).openapi({ description: "Unix second" });
const CHALLENGE = { account: ADDRESS, expiry: EXPIRY, challenge: HASH };
const SIGNATURE = z
  .string({ error: "signature" })
  .regex(/^0x([0-9a-fA-F]{2}){1,2048}$/, "signature")
  .transform((value) => value as `0x${string}`)
  .openapi({ type: "string" });
const SESSION = z.object({ token: z.string(), expiry: EXPIRY }).openapi("ReadingSession");
const ENVELOPE = hex(113, `0x${"6f".repeat(113)}`);
const STORED = z
  .object({
    ...{ document: HASH, size: z.int() },
    missing: z.array(z.int()).openapi({ description: "parts of 1 MiB that are still to come, from 0 on" }),
  })
  .openapi("StoredDocument");
const DOCUMENT = { document: HASH };
const READER = z
  .string({ error: "reader" })
  .transform((text, context): Reader => {
    try {
      return readerOf(readerId(/^\d+$/.test(text) ? Number(text) : (text as Reader)));
    } catch {
      context.addIssue({ code: "custom", message: "reader" });
      return z.NEVER;
    }
  })
  .openapi({ type: "string", example: "8" });
/** For a reader of the document alone. */
const OF_READER: Record<string, string[]>[] = [{ session: [] }];
const DENIED = { ...KEYED, ...MISSING, ...REFUSALS };

const challenge = createRoute({
  method: "post",
  path: "/documents/challenges",
  operationId: "askForReadingChallenge",
  tags: ["documents"],
  summary: "What an account signs to be handed its documents · 获取文件所需签署的挑战",
  description:
    "Sign the EIP-712 message FetchOwnDocuments(address account,uint64 expiry,bytes32 challenge) in the domain of DocumentRegistry, within five minutes.",
  request: { body: body(z.strictObject({ account: ADDRESS }, { error: "object" })) },
  responses: { 200: json(z.object(CHALLENGE).openapi("ReadingChallenge"), "To be signed"), ...REFUSALS },
});

const session = createRoute({
  method: "post",
  path: "/documents/sessions",
  operationId: "openReadingSession",
  tags: ["documents"],
  summary: "Hands in a signed challenge · 提交已签署的挑战",
  request: { body: body(z.strictObject({ ...CHALLENGE, signature: SIGNATURE }, { error: "object" })) },
  responses: { 200: json(SESSION, "Send the token as a bearer, for an hour"), ...REFUSALS, ...KEYED },
});

const stored = createRoute({
  method: "get",
  path: "/documents/{document}",
  operationId: "readStoredDocument",
  tags: ["documents"],
  summary: "What is here of a document, and what is missing · 文件的存储情况",
  security: OF_READER,
  request: { params: z.object(DOCUMENT) },
  responses: { 200: json(STORED, "It is whole where nothing is missing"), ...DENIED },
});

const part = createRoute({
  method: "put",
  path: "/documents/{document}/parts/{part}",
  operationId: "storeDocumentPart",
  tags: ["documents"],
  summary: "Hands in 1 MiB of a ciphertext · 提交一段密文",
  description:
    "Parts come in any order, and again after a break; all but the last have 1,048,576 bytes. With the last the whole is compared with the chain.",
  security: OF_READER,
  middleware: [limitBody(PART_BYTES, tooLarge())],
  request: {
    params: z.object({ ...DOCUMENT, part: number(2 ** 20) }),
    body: { required: true, content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } } },
  },
  responses: { 200: json(STORED, "What is here now"), ...DENIED },
});

const content = createRoute({
  method: "get",
  path: "/documents/{document}/content",
  operationId: "fetchDocument",
  tags: ["documents"],
  summary: "The ciphertext, or a range of it · 下载密文",
  security: OF_READER,
  request: { params: z.object(DOCUMENT) },
  responses: {
    200: { description: "All of it", content: { "application/octet-stream": { schema: z.string() } } },
    206: { description: "The range asked for", content: { "application/octet-stream": { schema: z.string() } } },
    ...DENIED,
  },
});

const putEnvelope = createRoute({
  method: "put",
  path: "/documents/{document}/envelopes/{reader}",
  operationId: "storeEnvelope",
  tags: ["documents"],
  summary: "Hands in the envelope of a reader, as it is anchored · 提交读者的信封",
  security: OF_READER,
  request: {
    params: z.object({ ...DOCUMENT, reader: READER }),
    body: body(z.strictObject({ envelope: ENVELOPE }, { error: "object" })),
  },
  responses: { 200: json(z.object({ envelope: ENVELOPE }), "It is here"), ...DENIED },
});

const ownEnvelope = createRoute({
  method: "get",
  path: "/documents/{document}/envelope",
  operationId: "fetchEnvelope",
  tags: ["documents"],
  summary: "The envelope of who asks · 本人的信封",
  security: OF_READER,
  request: { params: z.object(DOCUMENT) },
  responses: { 200: json(z.object({ envelope: ENVELOPE }).openapi("Envelope"), "For its reader's key"), ...DENIED },
});

export interface DocumentDoor {
  access: Access;
  store: DocumentStore;
  metrics: DocumentMetrics;
  settings: DocumentSettings;
}

export function documentRoutes(app: GatewayApp, { access, store, metrics, settings }: DocumentDoor): void {
  const handedIn = new RateLimiterMemory({ points: settings.ratePerAccount, duration: MINUTE });
  const contentOf = ({ document }: Reading) => ({ hash: document.ciphertextHash, size: document.size });
  const standing = async (reading: Reading) => {
    const { id, size } = reading.document;
    return { document: id, size, missing: await store.missing(contentOf(reading)) };
  };

  app.openapi(challenge, (c) => c.json(access.challenge(c.req.valid("json").account), 200));

  app.openapi(session, async (c) => {
    const { signature, ...asked } = c.req.valid("json");
    return c.json(await access.open(asked, signature), 200);
  });

  app.openapi(stored, async (c) => {
    const reading = await access.require(c, c.req.valid("param").document);
    return c.json(await standing(reading), 200);
  });

  app.openapi(part, async (c) => {
    const { document: id, part } = c.req.valid("param");
    const reading = await access.require(c, id);
    const { size } = reading.document;
    if (size > settings.mostBytes) throw beyond(size, settings.mostBytes);
    await handedIn.consume(String(reading.reader)).catch((state: RateLimiterRes) => {
      throw tooMany(state);
    });
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const expected = part < partsOf(size) ? bytesOfPart(size, part) : 0;
    if (bytes.length === 0 || bytes.length !== expected) throw wrongPart(part, bytes.length, expected);
    const outcome = await store.take(contentOf(reading), part, bytes);
    metrics.parts.inc({ outcome });
    metrics.bytes.inc({ direction: "in" }, bytes.length);
    if (outcome === "notAnchored") throw notAnchored(id);
    return c.json(await standing(reading), 200);
  });

  app.openapi(content, async (c) => {
    const id = c.req.valid("param").document;
    const reading = await access.require(c, id);
    const { size } = reading.document;
    const range = rangeOf(c.req.header("range"), size);
    const { from, to } = range ?? { from: 0, to: size };
    const headers = {
      "content-type": "application/octet-stream",
      "cache-control": "private, no-store",
      ...(range && { "content-range": `bytes ${from}-${to - 1}/${size}` }),
    };
    if (from === to) return c.body(new Uint8Array().buffer, 206, headers);
    const bytes = (await store.isComplete(contentOf(reading).hash))
      ? await store.read(contentOf(reading), from, to)
      : undefined;
    if (bytes === undefined) throw notHere(id);
    metrics.bytes.inc({ direction: "out" }, to - from);
    return c.body(Readable.toWeb(Readable.from(bytes)) as ReadableStream, range === undefined ? 200 : 206, headers);
  });

  app.openapi(putEnvelope, async (c) => {
    const { document, reader } = c.req.valid("param");
    await access.require(c, document);
    const { envelope } = c.req.valid("json");
    if (!(await access.isCurrent(document, reader, envelope))) throw otherEnvelope(document, reader);
    await store.putEnvelope(document, String(reader), envelope);
    return c.json({ envelope }, 200);
  });

  app.openapi(ownEnvelope, async (c) => {
    const { document } = c.req.valid("param");
    const { reader } = await access.require(c, document);
    const envelope = await store.envelope(document, String(reader));
    // One for a key that was replaced since would not open.
    if (envelope === undefined || !(await access.isCurrent(document, reader, envelope))) throw noEnvelope(document);
    return c.json({ envelope }, 200);
  });
}

function tooLarge() {
  return new Refusal(413, "TooLarge", {
    en: `A part has at most ${PART_BYTES} bytes: divide the ciphertext into parts.`,
    zh: `每段最多 ${PART_BYTES} 字节：请将密文分段提交。`,
  });
}

const beyond = (size: number, most: number) =>
  new Refusal(
    413,
    "DocumentTooLarge",
    {
      en: `The document has ${size} bytes, and this store takes ${most}: its readers keep it themselves.`,
      zh: `文件为 ${size} 字节，超过本存储的上限 ${most}：请由读者自行保存。`,
    },
    { size, most },
  );

const wrongPart = (part: number, bytes: number, expected: number) =>
  new Refusal(
    422,
    "WrongPart",
    {
      en: `Part ${part} has ${bytes} bytes instead of ${expected}: send all but the last part with ${PART_BYTES}.`,
      zh: `第 ${part} 段为 ${bytes} 字节，应为 ${expected} 字节：除最后一段外每段须为 ${PART_BYTES} 字节。`,
    },
    { part, bytes, expected },
  );

const notAnchored = (document: string) =>
  new Refusal(
    422,
    "NotAnchored",
    {
      en: `The parts of ${document} together are not what was anchored, and were dropped: hand the document in again.`,
      zh: `${document} 的各段合起来与登记的不一致，已丢弃：请重新提交。`,
    },
    { document },
  );

const notHere = (document: string) =>
  new Refusal(
    404,
    "NotStored",
    {
      en: `${document} is not here in full: its owner hands it in, or any reader that kept a copy.`,
      zh: `此处没有完整的 ${document}：请所有者或保存有副本的读者提交。`,
    },
    { document },
  );

const noEnvelope = (document: string) =>
  new Refusal(
    404,
    "NoEnvelope",
    {
      en: `The envelope of ${document} for this account is not here: its owner hands it in, or any reader wraps the document again.`,
      zh: `此处没有本账户对 ${document} 的信封：请所有者提交，或由任一读者重新封装。`,
    },
    { document },
  );

const otherEnvelope = (document: string, reader: Reader) =>
  new Refusal(
    422,
    "OtherEnvelope",
    {
      en: `This is not the envelope of ${document} that is anchored for reader ${reader}: anchor it first.`,
      zh: `这不是为读者 ${reader} 登记的 ${document} 信封：请先登记。`,
    },
    { document, reader: String(reader) },
  );
