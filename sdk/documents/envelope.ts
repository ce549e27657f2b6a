import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { type Hex, keccak256, numberToBytes, slice } from "viem";
import { type Bytes, bytesOf, hexOf, joinBytes, uint32 } from "./bytes.ts";
import { DocumentError } from "./errors.ts";
import { publicKeyOf, type ReaderKeyPair, type ReaderPoint } from "./keys.ts";
import { type Reader, readerId } from "./readers.ts";

/** For whom an envelope is, of which document. */
export interface Addressee {
  document: Hex;
  reader: Reader;
  /** Number of the reader's key. */
  key: number;
}

/** What opens a document for one reader: the content key under HPKE (RFC 9180), base mode. */
export interface SealedEnvelope {
  reader: Reader;
  key: number;
  /** Encapsulated key, 65 bytes, and the wrapped content key, 48. */
  envelope: Hex;
}

const ENCAPSULATED_BYTES = 65;
const ENVELOPE_BYTES = ENCAPSULATED_BYTES + 48;
const HASH_BYTES = 28;
const INFO = joinBytes(new TextEncoder().encode("dujiang document envelope 1"));

const suite = () => new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Wraps a content key for a reader. */
export async function wrap(contentKey: Bytes, to: Addressee, point: ReaderPoint): Promise<SealedEnvelope> {
  const recipientPublicKey = await publicKeyOf(point);
  const { enc, ct } = await suite().seal({ recipientPublicKey, info: INFO }, contentKey, boundTo(to));
  return { reader: to.reader, key: to.key, envelope: hexOf(joinBytes(new Uint8Array(enc), new Uint8Array(ct))) };
}

/** The content key out of an envelope, with the private key that it is wrapped for. */
export async function unwrap(envelope: Hex, to: Addressee, recipientKey: ReaderKeyPair): Promise<Bytes> {
  const bytes = bytesOf(envelope);
  if (bytes.length !== ENVELOPE_BYTES) {
    throw new DocumentError({
      en: `The envelope has ${bytes.length} bytes instead of ${ENVELOPE_BYTES}: fetch it again.`,
      zh: `信封为 ${bytes.length} 字节，应为 ${ENVELOPE_BYTES} 字节：请重新获取。`,
    });
  }
  const [enc, sealed] = [bytes.slice(0, ENCAPSULATED_BYTES), bytes.slice(ENCAPSULATED_BYTES)];
  try {
    return new Uint8Array(await suite().open({ recipientKey, enc, info: INFO }, sealed, boundTo(to)));
  } catch {
    throw new DocumentError({
      en: `The envelope does not open: it is for another reader, document or chain, or for another key than number ${to.key} of reader ${to.reader}. After a new key was enrolled, ask any reader to wrap the document again.`,
      zh: `信封无法打开：它属于其他读者、文件或链，或并非按读者 ${to.reader} 的第 ${to.key} 号密钥封装。更换密钥后，请任一读者重新封装。`,
    });
  }
}

/** What the chain keeps of an envelope. */
export const envelopeHash = (envelope: Hex): Hex => slice(keccak256(envelope), 0, HASH_BYTES);

/** An envelope moved to another document, chain, reader or key does not open. */
function boundTo({ document, reader, key }: Addressee): Bytes {
  return joinBytes(bytesOf(document), numberToBytes(readerId(reader), { size: 20 }), uint32(key));
}
