import { CHAIN_TABLES } from "../chain/tables.ts";
import { GATEWAY_TABLES } from "../gateway/tables.ts";
import type { OpenTrade, Trade, TradeParts } from "../trade.ts";
import { Access } from "./access.ts";
import { documentMetrics } from "./metrics.ts";
import { documentRoutes, PART_PATHS } from "./routes.ts";
import { type DocumentSettings, readDocumentSettings } from "./settings.ts";
import { FolderShelf, TableShelf } from "./shelf.ts";
import { DocumentStore } from "./store.ts";
import { DOCUMENT_TABLES } from "./tables.ts";

const COUNT_MS = 30_000;

/** Keeps documents that are anchored, encrypted, for their readers: it has no key and can read none. */
export const trade: Trade = {
  tables: [CHAIN_TABLES, GATEWAY_TABLES, DOCUMENT_TABLES],
  ready(variables) {
    const settings = readDocumentSettings(variables);
    return { name: "documents", keys: {}, open: (parts) => openDocuments(parts, settings) };
  },
};

export function openDocuments(parts: TradeParts, settings: DocumentSettings): OpenTrade {
  const { db, platform, loop } = parts;
  const { folder } = settings;
  const store = new DocumentStore(db, folder === undefined ? new TableShelf(db) : new FolderShelf(folder));
  const metrics = documentMetrics(parts.metrics);
  loop("count documents", COUNT_MS, async () => metrics.contents.set(await store.count()));
  return {
    routes: {
      name: "documents",
      description: {
        en: "Keeps anchored documents, encrypted, and hands them to their readers.",
        zh: "保存已登记文件的密文，并交付其读者。",
      },
      largeMessages: [PART_PATHS],
      fieldWords: {
        signature: () => ({
          en: "must be 0x and up to 2,048 bytes in hexadecimal digits",
          zh: "须为 0x 加最多 2,048 字节的十六进制数字",
        }),
        reader: () => ({
          en: "must be the number of a participant, or the account of an office",
          zh: "须为参与方编号，或机构的账户",
        }),
      },
      register: (app) => documentRoutes(app, { access: new Access(platform), store, metrics, settings }),
    },
  };
}
