import { sm2 } from "sm-crypto-v2";
import { BROKEN, type Der, oidOf, partsOf, readDer, TAGS } from "./der.ts";

/** What an SM2 certificate says. */
export interface Certificate {
  /** Common name, and organisation where there is one. */
  subject: { name: string; organisation?: string };
  issuerName: Uint8Array;
  subjectName: Uint8Array;
  /** Hexadecimal. */
  serial: string;
  validFrom: Date;
  validUntil: Date;
  /** The point as sm-crypto writes it, `04…`; undefined for a key of another kind. */
  key: string | undefined;
  /** Whether its holder may vouch for others (basic constraints). */
  isAuthority: boolean;
  signed: Uint8Array;
  signature: string;
}

/** SM2's curve, as GM/T 0006 numbers it. */
const SM2_CURVE = "1.2.156.10197.1.301";
const [COMMON_NAME, ORGANISATION] = ["2.5.4.3", "2.5.4.10"];
const GENERALIZED_TIME = 0x18;
const [VERSION, EXTENSIONS, BOOLEAN] = [0xa0, 0xa3, 0x01];
const BASIC_CONSTRAINTS = "2.5.29.19";

export function parseCertificate(bytes: Uint8Array): Certificate {
  const [signed, , signature] = partsOf(readDer(bytes));
  if (signed === undefined || signature === undefined) throw BROKEN;
  const fields = partsOf(signed);
  // Certificates of version 1 do not say so.
  const [serial, , issuer, validity, subject, keyInfo] = fields[0]?.tag === VERSION ? fields.slice(1) : fields;
  if (!serial || !issuer || !validity || !subject || !keyInfo) throw BROKEN;
  const [from, until] = partsOf(validity);
  const [algorithm, point] = partsOf(keyInfo);
  if (!from || !until || !algorithm || !point) throw BROKEN;
  const curve = partsOf(algorithm)[1];
  const names = namesIn(subject);
  const organisation = names.get(ORGANISATION);
  return {
    subject: { name: names.get(COMMON_NAME) ?? organisation ?? "", ...(organisation && { organisation }) },
    ...{ issuerName: issuer.bytes, subjectName: subject.bytes, serial: hex(serial.content) },
    ...{ validFrom: timeOf(from), validUntil: timeOf(until) },
    key: curve?.tag === TAGS.OID && oidOf(curve) === SM2_CURVE ? hex(point.content.subarray(1)) : undefined,
    isAuthority: fields.some((field) => field.tag === EXTENSIONS && saysAuthority(field)),
    ...{ signed: signed.bytes, signature: hex(signature.content.subarray(1)) },
  };
}

/** Whether one certificate was issued by the holder of another. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  const { key } = issuer;
  return hex(certificate.issuerName) === hex(issuer.subjectName) && isSignedBySm2(certificate, key);
}

/** Whether an SM2 key signed bytes, with SM3 and the user id that GM/T 0009 gives to everybody. */
export function isSignedBySm2(
  { signed, signature }: Pick<Certificate, "signed" | "signature">,
  key: string | undefined,
): boolean {
  if (key === undefined) return false;
  try {
    return sm2.doVerifySignature(signed, signature, key, { der: true, hash: true });
  } catch {
    return false;
  }
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function namesIn(subject: Der): Map<string, string> {
  const attributes = partsOf(subject).flatMap((set) => partsOf(set));
  return new Map(
    attributes.flatMap((attribute) => {
      const [type, value] = partsOf(attribute);
      return type && value ? [[oidOf(type), new TextDecoder().decode(value.content)] as const] : [];
    }),
  );
}

function saysAuthority({ content }: Der): boolean {
  return partsOf(readDer(content)).some((extension) => {
    const parts = partsOf(extension);
    const [type, value] = [parts[0], parts.at(-1)];
    if (!type || !value || oidOf(type) !== BASIC_CONSTRAINTS) return false;
    const [first] = partsOf(readDer(value.content));
    return first?.tag === BOOLEAN && first.content[0] !== 0;
  });
}

/** 261130075124Z, or with a year of four digits. */
function timeOf({ tag, content }: Der): Date {
  const text = new TextDecoder().decode(content);
  const century = tag === GENERALIZED_TIME ? "" : Number(text.slice(0, 2)) < 50 ? "20" : "19";
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(century + text) ?? [];
  const [year, month, day, hour, minute, second] = parts.map(Number);
  if (second === undefined) throw BROKEN;
  return new Date(Date.UTC(year!, month! - 1, day, hour, minute, second));
}
