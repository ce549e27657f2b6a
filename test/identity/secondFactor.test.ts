import { generateKeyPairSync, sign } from "node:crypto";
import { expect } from "chai";
import {
  concat,
  decodeAbiParameters,
  type Hex,
  hexToBigInt,
  hexToBytes,
  keccak256,
  numberToHex,
  slice,
  stringToHex,
} from "viem";
import { readP256Signature } from "../../sdk/identity/p256.ts";
import {
  factorDigest,
  factorTypedData,
  P256Error,
  passkeySignature,
  readP256Key,
  secondFactorSigner,
  typedDataJson,
} from "../../sdk/index.ts";

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const hex = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString("hex")}`;
const address = (digit: string): Hex => `0x${digit.repeat(40)}`;

describe("second factors", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y } = publicKey.export({ format: "jwk" }) as { x: string; y: string };
  const coordinates = { x: hex(Buffer.from(x, "base64url")), y: hex(Buffer.from(y, "base64url")) };
  const addresses = { PasskeyVerifier: address("1"), P256Verifier: address("2"), RsaVerifier: address("3") } as never;

  it("reads a key's coordinates out of what browsers and certificates give", () => {
    const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
    expect(readP256Key(spki)).to.deep.equal(coordinates);
    expect(() => readP256Key(spki.slice(1))).to.throw(P256Error, "not 90");
  });

  it("reads OpenSSL's signatures, always with the smaller s", () => {
    for (let i = 0; i < 16; i++) {
      const message = Buffer.from([i]);
      const { r, s } = readP256Signature(new Uint8Array(sign("sha256", message, privateKey)));
      expect(hexToBigInt(r) > 0n && hexToBigInt(r) < ORDER).to.equal(true);
      expect(hexToBigInt(s) > 0n && hexToBigInt(s) <= ORDER / 2n).to.equal(true);
    }
  });

  it("refuses what is no signature in DER", () => {
    const der = new Uint8Array(sign("sha256", Buffer.from("message"), privateKey));
    const refused = [
      der.slice(0, -1),
      concat([der, new Uint8Array(1)]),
      new Uint8Array(),
      hexToBytes("0x3006020100020101"),
    ];
    for (const bytes of refused) expect(() => readP256Signature(bytes)).to.throw(P256Error, "no P-256 signature");
  });

  it("names a verifier before each key, and an account by itself", () => {
    const point = concat([coordinates.x, coordinates.y]);
    const signer = (key: Parameters<typeof secondFactorSigner>[1]) => secondFactorSigner({ addresses }, key);
    expect(signer({ kind: "passkey", ...coordinates })).to.equal(concat([address("1"), point]));
    expect(signer({ kind: "p256", ...coordinates })).to.equal(concat([address("2"), point]));
    const rsa = signer({ kind: "rsa", exponent: "0x010001", modulus: "0xabcdef" });
    expect(slice(rsa, 0, 20)).to.equal(address("3"));
    expect(decodeAbiParameters([{ type: "bytes" }, { type: "bytes" }], slice(rsa, 20))).to.deep.equal([
      "0x010001",
      "0xabcdef",
    ]);
    expect(signer({ kind: "account", account: address("4") })).to.equal(address("4"));
  });

  it("signs a type of its own, the one that the contract checks", () => {
    const confirmation = { participant: 5, subject: keccak256(stringToHex("what was signed")) };
    const place = { chainId: 31_337, secondFactor: numberToHex(0x5ec0fac7, { size: 20 }) };
    // As in FactorVectors.sol.
    expect(factorDigest(confirmation, place)).to.equal(
      "0x3108411a73beda8d0a4aeb8043b3773bb27ef6027c54d9e4f6ebddc29c5684b7",
    );
    const shown = JSON.parse(typedDataJson(factorTypedData(confirmation, place)));
    expect([shown.primaryType, shown.message]).to.deep.equal(["Confirmation", confirmation]);
  });

  it("finds challenge and type in bytes, with any name of the page", () => {
    const assertion = {
      authenticatorData: new Uint8Array(37),
      clientDataJSON: new TextEncoder().encode(`{"origin":"https://都江","type":"webauthn.get","challenge":"AA"}`),
      signature: new Uint8Array(sign("sha256", Buffer.from("message"), privateKey)),
    };
    const words = [2, 3].map((word) => hexToBigInt(slice(passkeySignature(assertion), word * 32, word * 32 + 32)));
    // 10 bytes for {"origin":, 16 for the quoted origin and a comma; then 22 for the type.
    expect(words).to.deep.equal([49n, 27n]);
    const empty = { ...assertion, clientDataJSON: new Uint8Array(2) };
    expect(() => passkeySignature(empty)).to.throw(P256Error, "names no challenge");
  });
});
