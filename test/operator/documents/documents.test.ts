import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { expect } from "chai";
import { sql } from "drizzle-orm";
import { pino } from "pino";
import { keccak256, toHex } from "viem";
import { writeContract } from "viem/actions";
import type { LocalActor } from "../../../demo/local/wallets.ts";
import type { createLog } from "../../../operator/common/log.ts";
import type { OpenDatabase } from "../../../operator/db/openDatabase.ts";
import { readDocumentSettings } from "../../../operator/documents/settings.ts";
import { openDocuments } from "../../../operator/documents/trade.ts";
import { Service } from "../../../operator/service.ts";
import {
  addReaders,
  anchorDocument,
  approveReaderKey,
  createReaderKey,
  documentPlaceOf,
  fetchCiphertext,
  fetchEnvelope,
  type KeyedReader,
  openDocument,
  openReadingSession,
  PART_BYTES,
  pointOf,
  proposeReaderKey,
  type Reader,
  type ReaderKeyPair,
  readDocument,
  readEnvelope,
  readKeyedReaders,
  readReaderOf,
  readReaders,
  readStored,
  removeReader,
  retireReaderKey,
  rewrapReader,
  type SealedDocument,
  sealDocument,
  storeDocument,
  storeEnvelope,
  wrapFor,
} from "../../../sdk/documents/index.ts";
import { KINDS, type Operator, OperatorError, type Platform, walletOf } from "../../../sdk/index.ts";
import { TestMarket } from "../../utils/market.ts";
import { openTables } from "../utils/databases.ts";
import { SETTINGS } from "../utils/desk.ts";

/** What nobody but readers may ever see. */
const SECRETS = ["秘密合同价 0.38713", "CONFIDENTIAL-4711-PRICE", "机密合同.pdf"];
const TEXT = `${SECRETS[0]} ${SECRETS[1]} `.repeat(60_000);
const FILE = new Blob([TEXT], { type: "application/x-secret-contract" });

interface Person {
  actor: LocalActor;
  reader: Reader;
  pair: ReaderKeyPair;
}

/** Everything that a process writes or answers. */
class Leaving {
  readonly texts: string[] = [];
  readonly log = pino({ level: "debug" }, new Writable({ write: (chunk, _, done) => this.#take(chunk, done) }));

  add(bytes: string | Uint8Array): void {
    this.texts.push(Buffer.from(bytes as Uint8Array).toString("latin1"));
  }

  #take(chunk: Buffer, done: () => void): void {
    this.add(chunk);
    done();
  }
}

for (const shelf of ["tables", "a folder"] as const) {
  describe(`documents at the operator, in ${shelf}`, function () {
    this.timeout(300_000);
    let market: TestMarket;
    let platform: Platform;
    let database: OpenDatabase;
    let service: Service;
    let folder: string;
    let people: Record<"owner" | "buyer" | "auditor" | "stranger", Person>;
    let sealed: SealedDocument;
    const leaving = new Leaving();

    const send = async (actor: LocalActor, call: unknown) => {
      const wallet = walletOf(platform, market.account(actor));
      await writeContract(wallet, call as never);
    };
    const enrolKey = async (reader: Reader, pair: ReaderKeyPair) => {
      const point = await pointOf(pair);
      await send("registrar1", proposeReaderKey(platform, reader, point));
      await send("registrar2", approveReaderKey(platform, reader, point));
    };
    const storeAs = async ({ actor }: Pick<Person, "actor">): Promise<Operator> => {
      const store = { url: service.url };
      const account = market.account(actor);
      const { token } = await openReadingSession(store, account.address, documentPlaceOf(platform), account);
      return { ...store, token };
    };
    const refusal = async (attempt: Promise<unknown>): Promise<OperatorError> => {
      const error = await attempt.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(OperatorError);
      return error as OperatorError;
    };
    const open = async (by: Person, pair = by.pair) => {
      const store = await storeAs(by);
      const [document, anchored] = await Promise.all([
        readDocument(platform, sealed.id),
        readEnvelope(platform, sealed.id, by.reader),
      ]);
      const [envelope, ciphertext] = [await fetchEnvelope(store, sealed.id), await fetchCiphertext(store, sealed.id)];
      leaving.add(new Uint8Array(await ciphertext.arrayBuffer()));
      leaving.add(envelope);
      const input = { document: document!, anchored: anchored!, reader: by.reader, envelope, ciphertext, key: pair };
      return openDocument(documentPlaceOf(platform), input);
    };

    before(async () => {
      market = await TestMarket.create();
      platform = market.platform;
      database = await openTables();
      folder = mkdtempSync(join(tmpdir(), "dujiang-documents-"));
      const settings = readDocumentSettings(shelf === "tables" ? {} : { OPERATOR_DOCUMENT_FOLDER: folder });
      service = new Service({
        ...{ platform, db: database.db, settings: SETTINGS, log: leaving.log as ReturnType<typeof createLog> },
        trades: [{ name: "documents", open: (parts) => openDocuments(parts, settings) }],
      });
      await service.start();
      const person = async (actor: LocalActor, kinds: number): Promise<Person> => {
        await market.enrol(market.address(actor), kinds);
        const reader = (await readReaderOf(platform, market.address(actor)))!;
        const pair = await createReaderKey();
        await enrolKey(reader, pair);
        return { actor, reader, pair };
      };
      people = {
        owner: await person("solarPlant", KINDS.generator),
        buyer: await person("factory", KINDS.consumer),
        auditor: await person("retailer", KINDS.auditor),
        stranger: await person("household", KINDS.consumer),
      };
      const council = market.inProcess.contract("DocumentRegistry", "council");
      await council.setAuditor(BigInt(people.auditor.reader));
      const readers: KeyedReader[] = await readKeyedReaders(
        platform,
        [people.owner, people.buyer, people.auditor].map(({ reader }) => reader),
      );
      sealed = await sealDocument(documentPlaceOf(platform), {
        ...{ file: FILE, name: SECRETS[2]!, owner: people.owner.reader, kind: "Contract", readers },
        subject: { kind: "Trade", id: 1n },
      });
      await send("solarPlant", anchorDocument(platform, sealed));
    });
    after(async () => {
      await service?.stop();
      await database?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it("are anchored as they were sealed", async () => {
      const { id, owner, kind, size, ciphertextHash, commitment } = sealed;
      const kept = await readDocument(platform, id);
      expect(kept).to.deep.include({ id, owner, kind, size, ciphertextHash, commitment, successor: undefined });
      expect(kept?.subject).to.deep.equal({ kind: "Trade", id: 1n });
      expect(await readReaders(platform, id)).to.have.members(sealed.envelopes.map(({ reader }) => reader));
      expect(await readDocument(platform, keccak256("0x00"))).to.equal(undefined);
    });

    it("are nobody's to see without a session, nor with a session of who does not read", async () => {
      expect((await refusal(readStored({ url: service.url }, sealed.id))).code).to.equal("SessionNeeded");
      const stranger = await storeAs(people.stranger);
      const attempts = [
        () => readStored(stranger, sealed.id),
        () => fetchCiphertext(stranger, sealed.id),
        () => fetchEnvelope(stranger, sealed.id),
        () => storeDocument(stranger, sealed),
        () => storeEnvelope(stranger, sealed.id, people.buyer.reader, sealed.envelopes[1]!.envelope),
      ];
      for (const attempt of attempts) expect((await refusal(attempt())).code).to.equal("NoReader");
      const account = market.account("factory");
      const wrong = market.account("household");
      const place = documentPlaceOf(platform);
      const error = await openReadingSession({ url: service.url }, account.address, place, wrong).catch((e) => e);
      expect(error).to.be.instanceOf(Error);
    });

    it("come in parts, in any order, and go on after a break", async () => {
      const store = await storeAs(people.owner);
      expect(await readStored(store, sealed.id)).to.deep.equal({
        ...{ document: sealed.id, size: sealed.size },
        missing: Array.from({ length: Math.ceil(sealed.size / PART_BYTES) }, (_, part) => part),
      });
      expect(sealed.size).to.be.greaterThan(2 * PART_BYTES);
      expect((await refusal(fetchCiphertext(store, sealed.id))).code).to.equal("NotStored");
      const part = (number: number, bytes = sealed.ciphertext.slice(number * PART_BYTES, (number + 1) * PART_BYTES)) =>
        fetch(`${service.url}/documents/${sealed.id}/parts/${number}`, {
          method: "PUT",
          headers: { authorization: `Bearer ${store.token}` },
          body: bytes,
        });
      const second = await part(1);
      expect(second.status).to.equal(200);
      expect(((await second.json()) as { missing: number[] }).missing).to.not.include(1);
      // The same part again is nothing new; a short one, or one beyond the end, is refused.
      expect((await part(1)).status).to.equal(200);
      for (const [number, bytes, status] of [
        [0, new Blob(["short"]), 422],
        [999, new Blob(["beyond"]), 422],
        [0, new Blob([new Uint8Array(PART_BYTES + 1)]), 413],
      ] as const) {
        const answer = await part(number, bytes);
        expect(answer.status).to.equal(status);
        await answer.text();
      }
      expect((await storeDocument(store, sealed)).missing).to.deep.equal([]);
    });

    it("are opened by each reader out of the store, compared with the chain", async () => {
      for (const by of [people.owner, people.buyer, people.auditor]) {
        const opened = await open(by);
        expect(await opened.file.text()).to.equal(TEXT);
        expect(opened.name).to.equal(SECRETS[2]);
      }
      expect(await open(people.buyer, people.auditor.pair).catch((error) => error)).to.be.instanceOf(Error);
    });

    it("are fetched in ranges, and go on where a fetch broke off", async () => {
      const store = await storeAs(people.buyer);
      const ask = (range: string) =>
        fetch(`${service.url}/documents/${sealed.id}/content`, {
          headers: { authorization: `Bearer ${store.token}`, range },
        });
      const whole = new Uint8Array(await sealed.ciphertext.arrayBuffer());
      const middle = await ask(`bytes=${PART_BYTES - 3}-${PART_BYTES + 4}`);
      expect(middle.status).to.equal(206);
      expect(middle.headers.get("content-range")).to.equal(`bytes ${PART_BYTES - 3}-${PART_BYTES + 4}/${sealed.size}`);
      expect(toHex(new Uint8Array(await middle.arrayBuffer()))).to.equal(
        toHex(whole.slice(PART_BYTES - 3, PART_BYTES + 5)),
      );
      for (const range of ["bytes=5-2", `bytes=${sealed.size + 1}-`, "bytes=-5", "bytes=0-1,4-5"]) {
        const answer = await ask(range);
        expect(answer.status, range).to.equal(400);
        await answer.text();
      }
      const resumed = await fetchCiphertext(store, sealed.id, sealed.ciphertext.slice(0, PART_BYTES + 77));
      expect(resumed.size).to.equal(sealed.size);
      expect(toHex(new Uint8Array(await resumed.slice(-64).arrayBuffer()))).to.equal(toHex(whole.slice(-64)));
      expect((await fetchCiphertext(store, sealed.id, resumed)).size).to.equal(sealed.size);
    });

    it("are mended by any reader's copy where parts were lost", async () => {
      if (shelf === "tables") await database.db.execute(sql`delete from document_parts where part = 1`);
      else rmSync(join(folder, sealed.ciphertextHash, "1"));
      const store = await storeAs(people.auditor);
      // In a folder it shows when it is read.
      await fetchCiphertext(store, sealed.id).catch(() => undefined);
      const { missing } = await readStored(store, sealed.id);
      expect(missing).to.deep.equal([1]);
      expect((await storeDocument(store, { ...sealed, envelopes: [] })).missing).to.deep.equal([]);
      expect((await open(people.buyer)).fileHash).to.equal(keccak256(new TextEncoder().encode(TEXT)));
    });

    it("are dropped where the parts together are not what was anchored", async () => {
      const readers = await readKeyedReaders(platform, [people.owner.reader, people.auditor.reader]);
      const other = await sealDocument(documentPlaceOf(platform), {
        ...{ file: new Blob(["short"]), name: "a", owner: people.owner.reader, kind: "Exhibit", readers },
      });
      await send("solarPlant", anchorDocument(platform, other));
      const store = await storeAs(people.owner);
      const changed = new Uint8Array(await other.ciphertext.arrayBuffer());
      changed[3]! ^= 1;
      const error = await refusal(storeDocument(store, { ...other, ciphertext: new Blob([changed]) }));
      expect(error.code).to.equal("NotAnchored");
      expect((await readStored(store, other.id)).missing).to.deep.equal([0]);
      expect((await storeDocument(store, other)).missing).to.deep.equal([]);
    });

    it("take no envelope but the anchored one, and hand out none for a key that was replaced", async () => {
      const owner = await storeAs(people.owner);
      const [first, second] = sealed.envelopes;
      const swapped = storeEnvelope(owner, sealed.id, second!.reader, first!.envelope);
      expect((await refusal(swapped)).code).to.equal("OtherEnvelope");

      const { contentKey } = await open(people.auditor);
      await send("factory", retireReaderKey(platform));
      const renewed = await createReaderKey();
      await enrolKey(people.buyer.reader, renewed);
      const [keyed] = await readKeyedReaders(platform, [people.buyer.reader]);
      const [envelope] = await wrapFor(contentKey, sealed.id, [keyed!]);
      await send("retailer", rewrapReader(platform, sealed.id, envelope!));
      const buyer = await storeAs(people.buyer);
      expect((await refusal(fetchEnvelope(buyer, sealed.id))).code).to.equal("NoEnvelope");
      await storeEnvelope(await storeAs(people.auditor), sealed.id, people.buyer.reader, envelope!.envelope);
      expect((await open(people.buyer, renewed)).name).to.equal(SECRETS[2]);
      people.buyer.pair = renewed;
    });

    it("are handed to who is added, and to nobody who was removed", async () => {
      const { contentKey } = await open(people.owner);
      const [keyed] = await readKeyedReaders(platform, [people.stranger.reader]);
      const added = await wrapFor(contentKey, sealed.id, [keyed!]);
      await send("solarPlant", addReaders(platform, sealed.id, added));
      await storeEnvelope(await storeAs(people.owner), sealed.id, people.stranger.reader, added[0]!.envelope);
      expect((await open(people.stranger)).name).to.equal(SECRETS[2]);
      const store = await storeAs(people.stranger);
      await send("solarPlant", removeReader(platform, sealed.id, people.stranger.reader));
      // The session holds on; what it is handed ends at once.
      expect((await refusal(fetchCiphertext(store, sealed.id))).code).to.equal("NoReader");
      expect(await readReaders(platform, sealed.id)).to.not.include(people.stranger.reader);
    });

    it("leave nothing readable in tables, folders, logs, figures, answers or the chain", async () => {
      for (const table of ["document_contents", "document_parts", "document_envelopes", "service"]) {
        const { rows } = (await database.db.execute(sql.raw(`select * from ${table}`))) as unknown as {
          rows: object[];
        };
        expect(rows, table).to.not.deep.equal([]);
        for (const value of rows.flatMap((row) => Object.values(row))) {
          leaving.add(value instanceof Uint8Array ? value : String(value));
        }
      }
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(files.length > 0).to.equal(shelf !== "tables");
      for (const file of files) leaving.add(readFileSync(join(file.parentPath, file.name)));
      leaving.add(await (await fetch(`${service.url}/metrics`)).text());
      const { provider } = market.inProcess.connection;
      const logs = await provider.request({ method: "eth_getLogs", params: [{ fromBlock: "0x0" }] });
      leaving.add(JSON.stringify(logs));
      for (let block = 1; ; block++) {
        const found = await provider.request({ method: "eth_getBlockByNumber", params: [toHex(block), true] });
        if (found === null) break;
        leaving.add(JSON.stringify(found));
      }
      const fileHash = keccak256(new TextEncoder().encode(TEXT));
      const secrets = [...SECRETS, "application/x-secret-contract", fileHash, fileHash.slice(2)];
      const known = secrets.flatMap((secret) => [
        Buffer.from(secret).toString("latin1"),
        Buffer.from(secret).toString("hex"),
        Buffer.from(secret).toString("base64").slice(0, -4),
      ]);
      known.push(Buffer.from(fileHash.slice(2), "hex").toString("latin1"));
      const all = leaving.texts.join("\n");
      expect(all.length).to.be.greaterThan(3 * sealed.size);
      // The search finds what is there.
      expect(all).to.include(sealed.ciphertextHash.slice(2)).and.to.include("/documents/challenges");
      for (const secret of known) expect(all.includes(secret), secret).to.equal(false);
    });
  });
}
