import { createCipheriv, createDecipheriv, createECDH, createHmac } from "node:crypto";
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { expect } from "chai";
import { type Address, concat, type Hex, hexToBytes, keccak256, slice, toHex } from "viem";
import { CHUNK_BYTES, sealedSize } from "../../sdk/documents/content.ts";
import {
  commit,
  createReaderKey,
  DocumentError,
  type DocumentInput,
  documentId,
  envelopeHash,
  exportReaderKey,
  fingerprint,
  hashOf,
  importReaderKey,
  isNamedBy,
  isSamePoint,
  LEAST_PASSPHRASE,
  MOST_FILE_BYTES,
  type OpeningInput,
  openDocument,
  openReaderKey,
  pointOf,
  type Reader,
  type ReaderKeyPair,
  readerId,
  readerOf,
  type SealedDocument,
  sealDocument,
  sealReaderKey,
  subjectNumbers,
  subjectOf,
  wrapFor,
} from "../../sdk/documents/index.ts";

const PLACE = { chainId: 2018, registry: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" as Address };
const OFFICE: Address = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const [OWNER, BUYER, AUDITOR] = [5, 8, 15];
const FILE = new Blob(["购售电合同 price 0.3871"], { type: "text/plain" });

interface Person {
  reader: Reader;
  pair: ReaderKeyPair;
}

describe("documents", () => {
  let people: Record<"owner" | "buyer" | "auditor" | "office" | "stranger", Person>;

  before(async () => {
    const person = async (reader: Reader) => ({ reader, pair: await createReaderKey({ extractable: true }) });
    const [owner, buyer, auditor, office, stranger] = await Promise.all(
      [OWNER, BUYER, AUDITOR, OFFICE, 99].map(person),
    );
    people = { owner, buyer, auditor, office, stranger } as typeof people;
  });

  const keyed = async ({ reader, pair }: Person, key = 1) => ({ reader, key, point: await pointOf(pair) });
  const seal = async (more: Partial<DocumentInput> = {}, place = PLACE) =>
    sealDocument(place, {
      ...{ file: FILE, name: "合同.txt", owner: OWNER, kind: "Contract" },
      readers: await Promise.all([people.owner, people.buyer, people.auditor].map((one) => keyed(one))),
      ...more,
    });
  const opening = (sealed: SealedDocument, by: Person, more: Partial<OpeningInput> = {}): OpeningInput => {
    const found = sealed.envelopes.find(({ reader }) => reader === by.reader) ?? sealed.envelopes[0]!;
    const { id, owner, kind, size, ciphertextHash, commitment, ciphertext } = sealed;
    return {
      document: {
        ...{ id, owner, kind, size, ciphertextHash, commitment },
        ...{ subject: undefined, anchoredAt: 1, successor: undefined },
      },
      anchored: { key: found.key, envelopeHash: envelopeHash(found.envelope) },
      ...{ reader: by.reader, envelope: found.envelope, ciphertext, key: by.pair, ...more },
    };
  };
  const refusal = async (attempt: Promise<unknown>): Promise<DocumentError> => {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(DocumentError);
    const { en, zh } = (error as DocumentError).sentences;
    expect(en).to.match(/^[A-Z].*\.$/);
    expect(zh).to.match(/[。]$/);
    return error as DocumentError;
  };

  it("are opened by each reader, offices among them, and are to the byte what was sealed", async () => {
    const readers = await Promise.all(
      [people.owner, people.buyer, people.auditor, people.office].map((one) => keyed(one)),
    );
    const sealed = await seal({ readers });
    for (const by of [people.owner, people.buyer, people.auditor, people.office]) {
      const opened = await openDocument(PLACE, opening(sealed, by));
      expect(await opened.file.text()).to.equal(await FILE.text());
      expect([opened.name, opened.type]).to.deep.equal(["合同.txt", "text/plain"]);
      expect(opened.fileHash).to.equal(keccak256(new Uint8Array(await FILE.arrayBuffer())));
      expect(commit(opened.salt, opened.headHash, opened.fileHash)).to.equal(sealed.commitment);
    }
  });

  it("keep nothing readable: neither file, name nor their hashes are in what leaves", async () => {
    const sealed = await seal();
    const bytes = Buffer.from(await sealed.ciphertext.arrayBuffer());
    const leaves = Buffer.concat([bytes, Buffer.from(JSON.stringify(sealed.envelopes)), Buffer.from(sealed.id)]);
    const fileHash = await hashOf(FILE);
    const plain = ["0.3871", "购售电", "合同", "text/plain", fileHash, fileHash.slice(2)];
    for (const text of plain) expect(leaves.includes(text), text).to.equal(false);
    expect(leaves.includes(Buffer.from(hexToBytes(fileHash)))).to.equal(false);
    // The same file twice looks like two.
    const again = await seal();
    expect(again.commitment).to.not.equal(sealed.commitment);
    expect(again.ciphertextHash).to.not.equal(sealed.ciphertextHash);
  });

  it("have an id that the registry computes alike", () => {
    const commitment = keccak256("0x01");
    expect(documentId(PLACE, OWNER, commitment)).to.equal(
      keccak256(
        concat([
          toHex(2018, { size: 32 }),
          toHex(BigInt(PLACE.registry), { size: 32 }),
          toHex(OWNER, { size: 32 }),
          commitment,
        ]),
      ),
    );
  });

  describe("refuse", () => {
    it("a wrong reader, and another reader's envelope", async () => {
      const sealed = await seal();
      const { message } = await refusal(openDocument(PLACE, opening(sealed, people.stranger)));
      expect(message).to.include("does not open");
      const others = opening(sealed, people.buyer);
      expect(
        (await refusal(openDocument(PLACE, { ...others, reader: AUDITOR, key: people.auditor.pair }))).message,
      ).to.include("another reader");
    });

    it("an envelope that is not the one that was anchored, or is cut", async () => {
      const sealed = await seal();
      const input = opening(sealed, people.buyer);
      const swapped = sealed.envelopes[0]!.envelope;
      expect((await refusal(openDocument(PLACE, { ...input, envelope: swapped }))).message).to.include(
        "not the one that was anchored",
      );
      const cut = slice(input.envelope, 0, 100);
      const anchored = { key: 1, envelopeHash: envelopeHash(cut) };
      expect((await refusal(openDocument(PLACE, { ...input, envelope: cut, anchored }))).message).to.include(
        "100 bytes",
      );
    });

    it("an envelope for a key that was replaced, until a reader wraps it again", async () => {
      const sealed = await seal();
      const renewed: Person = { reader: BUYER, pair: await createReaderKey() };
      expect((await refusal(openDocument(PLACE, opening(sealed, renewed)))).message).to.include(
        "wrap the document again",
      );
      const { contentKey } = await openDocument(PLACE, opening(sealed, people.auditor));
      const [envelope] = await wrapFor(contentKey, sealed.id, [await keyed(renewed, 2)]);
      const again = { ...sealed, envelopes: [envelope!] };
      expect(await (await openDocument(PLACE, opening(again, renewed))).file.text()).to.equal(await FILE.text());
      // Its number is part of what is bound.
      const former = { key: 1, envelopeHash: envelopeHash(envelope!.envelope) };
      await refusal(openDocument(PLACE, opening(again, renewed, { anchored: former })));
    });

    it("another chain, registry or owner", async () => {
      const sealed = await seal();
      const elsewhere = [
        { ...PLACE, chainId: 2019 },
        { ...PLACE, registry: OFFICE },
      ];
      for (const place of elsewhere) {
        expect((await refusal(openDocument(place, opening(sealed, people.buyer)))).message).to.include("another chain");
      }
      const input = opening(sealed, people.buyer);
      await refusal(openDocument(PLACE, { ...input, document: { ...input.document, owner: BUYER } }));
    });

    it("content that was cut, changed or swapped", async () => {
      const sealed = await seal();
      const other = await seal({ file: new Blob(["购售电合同 price 0.3872"], { type: "text/plain" }) });
      const input = opening(sealed, people.buyer);
      const cut = sealed.ciphertext.slice(0, sealed.size - 1);
      expect((await refusal(openDocument(PLACE, { ...input, ciphertext: cut }))).message).to.include("was cut");
      expect(other.size).to.equal(sealed.size);
      expect((await refusal(openDocument(PLACE, { ...input, ciphertext: other.ciphertext }))).message).to.include(
        "not what was anchored",
      );
    });

    it("content that was anchored again under another id, though its key is known", async () => {
      const sealed = await seal();
      const { contentKey } = await openDocument(PLACE, opening(sealed, people.buyer));
      // The buyer anchors the ciphertext as its own.
      const id = documentId(PLACE, BUYER, sealed.commitment);
      const envelopes = await wrapFor(contentKey, id, [await keyed(people.auditor)]);
      const replayed = { ...sealed, id, owner: BUYER, envelopes };
      expect((await refusal(openDocument(PLACE, opening(replayed, people.auditor)))).message).to.include(
        "encrypted for another document",
      );
    });

    it("chunks that were moved, or left out at the end", async () => {
      const file = new Blob([new Uint8Array(3 * CHUNK_BYTES).fill(7)]);
      const sealed = await seal({ file });
      const bytes = new Uint8Array(await sealed.ciphertext.arrayBuffer());
      const step = sealedSize(CHUNK_BYTES);
      const chunk = (at: number) => bytes.slice(at * step, (at + 1) * step);
      const anchoring = async (ciphertext: Blob) => {
        const { commitment, id, owner, envelopes, kind } = sealed;
        const changed = { ...{ commitment, id, owner, envelopes, kind, ciphertext }, size: ciphertext.size };
        return refusal(
          openDocument(PLACE, opening({ ...changed, ciphertextHash: await hashOf(ciphertext) }, people.buyer)),
        );
      };
      expect((await anchoring(new Blob([chunk(1), chunk(0), bytes.slice(2 * step)]))).message).to.include("Part 1 ");
      expect((await anchoring(new Blob([bytes.slice(0, 2 * step)]))).message).to.include("Part 2 ");
    });

    it("what its owner did not commit to", async () => {
      const sealed = await seal();
      const commitment = keccak256("0x02");
      const input = opening({ ...sealed, commitment, id: documentId(PLACE, OWNER, commitment) }, people.buyer);
      await refusal(openDocument(PLACE, input));
    });

    it("files that are empty or too large, a document without its owner, and readers that are none", async () => {
      expect((await refusal(seal({ file: new Blob([]) }))).message).to.include("between 1 and");
      const large = { size: MOST_FILE_BYTES + 1 } as Blob;
      expect((await refusal(seal({ file: large }))).message).to.include("20 MB");
      expect((await refusal(seal({ readers: [await keyed(people.buyer)] }))).message).to.include("owner");
      for (const reader of [0, -1, 1.5, 2 ** 32, "0x12" as Address, "0x" as Address]) {
        expect(() => readerId(reader), String(reader)).to.throw(DocumentError);
      }
      for (const id of [0n, 2n ** 160n]) expect(() => readerOf(id)).to.throw(DocumentError);
    });
  });

  it("of every length around a chunk come back", async () => {
    for (const length of [1, CHUNK_BYTES - 200, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES]) {
      const bytes = Uint8Array.from({ length }, (_, at) => at % 251);
      const sealed = await seal({ file: new Blob([bytes]) });
      const opened = await openDocument(PLACE, opening(sealed, people.owner));
      expect(Buffer.from(await opened.file.arrayBuffer()).equals(Buffer.from(bytes)), String(length)).to.equal(true);
    }
  });

  it("of 20 MB are sealed and opened", async () => {
    const file = new Blob([new Uint8Array(MOST_FILE_BYTES).fill(1)]);
    const sealed = await seal({ file });
    expect(sealed.size).to.be.lessThan(1.13 * MOST_FILE_BYTES);
    const opened = await openDocument(PLACE, opening(sealed, people.auditor));
    expect(opened.fileHash).to.equal(await hashOf(file));
  });

  it("show less than their length: many files are as long", async () => {
    const sizes = await Promise.all(
      [1_000, 1_003, 1_006].map(async (size) => (await seal({ file: new Blob(["x".repeat(size)]) })).size),
    );
    expect(new Set(sizes).size).to.equal(1);
  });

  it("are named by a hash field that holds their id, or the hash of the file", async () => {
    const sealed = await seal();
    const opened = await openDocument(PLACE, opening(sealed, people.buyer));
    expect(isNamedBy(opened, sealed.id)).to.equal(true);
    expect(isNamedBy(opened, opened.fileHash.toUpperCase().replace("0X", "0x") as Hex)).to.equal(true);
    expect(isNamedBy(opened, sealed.commitment)).to.equal(false);
  });

  it("number subjects and readers as the registry does", () => {
    const subjects = [
      undefined,
      { kind: "Trade", id: 7n } as const,
      { kind: "MeterDay", meter: 2n ** 64n - 1n, day: 20_779 } as const,
      { kind: "Draft", id: 3n } as const,
    ];
    for (const subject of subjects) expect(subjectOf(subjectNumbers(subject))).to.deep.equal(subject);
    for (const reader of [1, 2 ** 32 - 1, OFFICE]) expect(readerOf(readerId(reader))).to.equal(reader);
  });
});

describe("reading keys", () => {
  it("stay where they are made unless they are to be kept elsewhere", async () => {
    const kept = await createReaderKey();
    const error = await exportReaderKey(kept).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Error);
    const pair = await createReaderKey({ extractable: true });
    const restored = await importReaderKey(await exportReaderKey(pair));
    expect(isSamePoint(await pointOf(restored), await pointOf(pair))).to.equal(true);
    expect(isSamePoint(await pointOf(kept), await pointOf(pair))).to.equal(false);
    for (const text of ["", "{}", '{"kty":"EC","crv":"P-256"}']) {
      expect(await importReaderKey(text).catch((thrown: unknown) => thrown)).to.be.instanceOf(DocumentError);
    }
  });

  it("leave as a file that their passphrase opens, and nothing else", async () => {
    const pair = await createReaderKey({ extractable: true });
    const passphrase = "四个词 correct horse battery";
    const text = await sealReaderKey(pair, passphrase);
    const { d } = JSON.parse(await exportReaderKey(pair));
    expect(text).to.not.include(d);
    const restored = await openReaderKey(text, passphrase);
    expect(isSamePoint(await pointOf(restored), await pointOf(pair))).to.equal(true);
    expect(await exportReaderKey(restored).catch((thrown: unknown) => thrown)).to.be.instanceOf(Error);
    // The same letters, put together otherwise by another keyboard.
    const accented = await sealReaderKey(pair, "caf\u00e9 au lait, sans sucre");
    await openReaderKey(accented, "cafe\u0301 au lait, sans sucre");
    const other = await pointOf(await createReaderKey());
    const swapped = JSON.stringify({ ...JSON.parse(text), x: other.x });
    const endless = JSON.stringify({ ...JSON.parse(text), iterations: 2 ** 40 });
    const refused = [
      () => sealReaderKey(pair, "x".repeat(LEAST_PASSPHRASE - 1)),
      () => openReaderKey(text, `${passphrase}!`),
      ...[swapped, endless, "", "{}", d].map((each) => () => openReaderKey(each, passphrase)),
    ];
    for (const attempt of refused) {
      const error = await attempt().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(DocumentError);
      expect((error as DocumentError).sentences.zh).to.match(/。$/);
    }
  });

  it("have a fingerprint that two people can read to each other", async () => {
    const point = await pointOf(await createReaderKey());
    expect(fingerprint(point)).to.match(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
    expect(fingerprint(point)).to.not.equal(fingerprint({ x: point.y, y: point.x }));
  });
});

/** RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, by sequence number. */
const VECTOR = {
  info: "4f6465206f6e2061204772656369616e2055726e",
  enc: "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4",
  skEm: "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb",
  pkRm: "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0",
  skRm: "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2",
  key: "868c066ef58aae6dc589b6cfdd18f97e",
  baseNonce: "4e0bc5018beba4bf004cca59",
  plain: "4265617574792069732074727574682c20747275746820626561757479",
  sealed: [
    "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434",
    "fa6f037b47fc21826b610172ca9637e82d6e5801eb31cbd3748271affd4ecb06646e0329cbdf3c3cd655b28e82",
    "895cabfac50ce6c6eb02ffe6c048bf53b7f7be9a91fc559402cbc5b8dcaeb52b2ccc93e466c28fb55fed7a7fec",
  ],
};

const bytes = (hex: string) => Buffer.from(hex, "hex");
const ALGORITHM = { name: "ECDH", namedCurve: "P-256" } as const;

async function pairOf(d: string, point: string): Promise<ReaderKeyPair> {
  const [x, y] = [bytes(point).subarray(1, 33), bytes(point).subarray(33)].map((part) => part.toString("base64url"));
  const jwk = { kty: "EC", crv: "P-256", x, y };
  const secret = { ...jwk, d: bytes(d).toString("base64url") };
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey("jwk", secret, ALGORITHM, true, ["deriveBits"]),
    crypto.subtle.importKey("jwk", jwk, ALGORITHM, true, []),
  ]);
  return { privateKey, publicKey };
}

/** RFC 9180 once more, written out for opening in base mode with the tools of Node alone. */
function openPlainly(skR: string, pkR: string, enc: Buffer, info: Buffer, keyBytes: 16 | 32) {
  const kem = Buffer.concat([Buffer.from("KEM"), bytes("0010")]);
  const hpke = Buffer.concat([
    Buffer.from("HPKE"),
    bytes("0010"),
    bytes("0001"),
    bytes(keyBytes === 16 ? "0001" : "0002"),
  ]);
  const hmac = (key: Buffer, data: Buffer) => createHmac("sha256", key).update(data).digest();
  const extract = (suite: Buffer, salt: Buffer, label: string, ikm: Buffer) =>
    hmac(
      salt.length === 0 ? Buffer.alloc(32) : salt,
      Buffer.concat([Buffer.from("HPKE-v1"), suite, Buffer.from(label), ikm]),
    );
  const expand = (suite: Buffer, key: Buffer, label: string, context: Buffer, length: number) => {
    const size = Buffer.from([0, length]);
    const text = Buffer.concat([size, Buffer.from("HPKE-v1"), suite, Buffer.from(label), context, Buffer.from([1])]);
    return hmac(key, text).subarray(0, length);
  };
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(bytes(skR));
  const empty = Buffer.alloc(0);
  const eae = extract(kem, empty, "eae_prk", ecdh.computeSecret(enc));
  const shared = expand(kem, eae, "shared_secret", Buffer.concat([enc, bytes(pkR)]), 32);
  const context = Buffer.concat([
    Buffer.from([0]),
    extract(hpke, empty, "psk_id_hash", empty),
    extract(hpke, empty, "info_hash", info),
  ]);
  const secret = extract(hpke, shared, "secret", empty);
  return {
    key: expand(hpke, secret, "key", context, keyBytes),
    nonce: expand(hpke, secret, "base_nonce", context, 12),
  };
}

describe("HPKE", () => {
  it("seals and opens the vectors of RFC 9180", async () => {
    const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
    const recipient = await pairOf(VECTOR.skRm, VECTOR.pkRm);
    const ekm = await pairOf(VECTOR.skEm, VECTOR.enc);
    const info = bytes(VECTOR.info);
    const sender = await suite.createSenderContext({ recipientPublicKey: recipient.publicKey, info, ekm });
    expect(Buffer.from(sender.enc).toString("hex")).to.equal(VECTOR.enc);
    const opener = await suite.createRecipientContext({ recipientKey: recipient, enc: sender.enc, info });
    for (const [sequence, expected] of VECTOR.sealed.entries()) {
      const aad = Buffer.from(`Count-${sequence}`);
      const sealed = await sender.seal(bytes(VECTOR.plain), aad);
      expect(Buffer.from(sealed).toString("hex")).to.equal(expected);
      expect(Buffer.from(await opener.open(sealed, aad)).toString("hex")).to.equal(VECTOR.plain);
    }
  });

  it("is what an independent reading of the RFC opens, vectors and envelopes alike", async () => {
    const info = bytes(VECTOR.info);
    const { key, nonce } = openPlainly(VECTOR.skRm, VECTOR.pkRm, bytes(VECTOR.enc), info, 16);
    expect([key.toString("hex"), nonce.toString("hex")]).to.deep.equal([VECTOR.key, VECTOR.baseNonce]);
    const cipher = createCipheriv("aes-128-gcm", key, nonce).setAAD(Buffer.from("Count-0"));
    const sealed = Buffer.concat([cipher.update(bytes(VECTOR.plain)), cipher.final(), cipher.getAuthTag()]);
    expect(sealed.toString("hex")).to.equal(VECTOR.sealed[0]);

    const contentKey = new Uint8Array(32).fill(9);
    const id = keccak256("0x03");
    const pair = await pairOf(VECTOR.skRm, VECTOR.pkRm);
    const [wrapped] = await wrapFor(contentKey, id, [{ reader: OFFICE, key: 3, point: await pointOf(pair) }]);
    const envelope = Buffer.from(hexToBytes(wrapped!.envelope));
    const own = openPlainly(
      VECTOR.skRm,
      VECTOR.pkRm,
      envelope.subarray(0, 65),
      Buffer.from("dujiang document envelope 1"),
      32,
    );
    const decipher = createDecipheriv("aes-256-gcm", own.key, own.nonce)
      .setAAD(Buffer.from(hexToBytes(concat([id, OFFICE, "0x00000003"]))))
      .setAuthTag(envelope.subarray(-16));
    const opened = Buffer.concat([decipher.update(envelope.subarray(65, -16)), decipher.final()]);
    expect(opened.equals(Buffer.from(contentKey))).to.equal(true);
  });
});
