import { createECDH, createHash } from "node:crypto";
import { type LocalActor, wallets } from "./wallets.ts";

const CURVE = "prime256v1";

/**
 * The reading key of an actor of the local chain, as `exportReaderKey` writes one. Everybody can work it out, as they can the wallets:
 * who practises in the page as the factory then reads what was sealed for the factory.
 */
export function practiceReadingKey(actor: LocalActor): string {
  const { privateKey } = wallets[actor].wallet;
  const pair = createECDH(CURVE);
  pair.setPrivateKey(createHash("sha256").update(`dujiang practice reading key ${privateKey}`).digest());
  const point = pair.getPublicKey();
  const [x, y, d] = [point.subarray(1, 33), point.subarray(33), pair.getPrivateKey()].map((bytes) =>
    bytes.toString("base64url"),
  );
  return JSON.stringify({ kty: "EC", crv: "P-256", x, y, d });
}
