import { sm3 } from "sm-crypto-v2";
import type { Sentence } from "../types/sentence.ts";
import { joinBytes } from "./bytes.ts";
import { type Certificate, hex, isIssuedBy, isSignedBySm2, parseCertificate } from "./certificate.ts";
import { BROKEN, type Der, oidOf, partsOf, readDer, TAGS } from "./der.ts";

/** A signature in a PDF, and what is to be said of it. */
export interface PdfSignature {
  /** Who signed, as its certificate says; undefined where the form is unknown. */
  signer: (Pick<Certificate, "serial" | "validFrom" | "validUntil"> & Certificate["subject"]) | undefined;
  /** Who vouches for the certificate, among those that were given. */
  vouchedBy: string | undefined;
  /** Whether nothing was added to the file after it was signed. */
  coversFile: boolean;
  /** Why it is not good; undefined where its signer signed this very file and somebody trusted vouches for it. */
  problem: Sentence | undefined;
}

/** CMS of RFC 5652, and of GM/T 0010. */
const SIGNED_DATA = ["1.2.840.113549.1.7.2", "1.2.156.10197.6.1.4.2.2"];
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const [IMPLICIT_0, CERTIFICATES] = [0xa0, 0xa0];
const BYTE_RANGE = /\/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/g;

/**
 * The SM2 signatures of a PDF: who signed, and whether it is this file. Detached CMS with SM3, as GM/T 0010 has it; an electronic seal
 * of GB/T 38540 is another form, and is said to be unknown.
 * @param trusted certificates (DER) of the authorities that are believed
 * @param at when it must have been valid; now unless given
 */
export function checkPdfSignatures(
  pdf: Uint8Array,
  trusted: readonly Uint8Array[],
  at: Date = new Date(),
): PdfSignature[] {
  const authorities = trusted.map(parseCertificate);
  const text = new TextDecoder("latin1").decode(pdf);
  return [...text.matchAll(BYTE_RANGE)].map(([, ...numbers]) => {
    const [from = 0, length = 0, next = 0, rest = 0] = numbers.map(Number);
    const coversFile = from === 0 && next + rest === pdf.length;
    const signed = joinBytes(pdf.subarray(from, from + length), pdf.subarray(next, next + rest));
    const contents = text.slice(from + length, next);
    try {
      return { ...judge(bytesIn(contents), signed, authorities, at, coversFile), coversFile };
    } catch {
      return { signer: undefined, vouchedBy: undefined, coversFile, problem: UNKNOWN };
    }
  });
}

function judge(
  contents: Uint8Array,
  signed: Uint8Array,
  authorities: readonly Certificate[],
  at: Date,
  coversFile: boolean,
): Omit<PdfSignature, "coversFile"> {
  const { certificate, others, attributes, signature } = parseSignedData(contents);
  const { subject, serial, validFrom, validUntil } = certificate;
  const authority = vouching(certificate, others, authorities);
  const digest = sm3(signed);
  const signsDigest = attributes === undefined || digestIn(attributes) === digest;
  // Attributes are signed as a set, whatever tag they lie under.
  const message =
    attributes === undefined ? signed : joinBytes(new Uint8Array([TAGS.SET]), attributes.bytes.subarray(1));
  const problem = !signsDigest
    ? DIGEST_DIFFERS
    : !isSignedBySm2({ signed: message, signature }, certificate.key)
      ? NOT_SIGNED
      : !coversFile
        ? ADDED_TO
        : authority === undefined
          ? NOBODY_VOUCHES
          : at < validFrom || at > validUntil
            ? NOT_VALID
            : undefined;
  return { signer: { ...subject, serial, validFrom, validUntil }, vouchedBy: authority?.subject.name, problem };
}

function parseSignedData(contents: Uint8Array) {
  const [type, wrapped] = partsOf(readDer(contents));
  if (!type || !wrapped || !SIGNED_DATA.includes(oidOf(type))) throw BROKEN;
  const parts = partsOf(readDer(wrapped.content));
  const certificates = parts.find(({ tag }) => tag === CERTIFICATES);
  const infos = parts.at(-1);
  const info = infos?.tag === TAGS.SET ? partsOf(infos)[0] : undefined;
  if (!certificates || !info) throw BROKEN;
  const fields = partsOf(info);
  const serial = fields[1] && partsOf(fields[1])[1];
  const attributes = fields.find(({ tag }) => tag === IMPLICIT_0);
  const signature = fields.find(({ tag }) => tag === TAGS.OCTETS);
  const all = partsOf(certificates).map(({ bytes }) => parseCertificate(bytes));
  const certificate = all.find((one) => serial && one.serial === hex(serial.content));
  if (!certificate || !signature) throw BROKEN;
  return { certificate, others: all, attributes, signature: hex(signature.content) };
}

/** The trusted authority that a chain of certificates leads to, each but the first of an authority: firms vouch for nobody. */
function vouching(
  certificate: Certificate,
  others: readonly Certificate[],
  authorities: readonly Certificate[],
  steps = others.length,
): Certificate | undefined {
  const found = authorities.find((authority) => isIssuedBy(certificate, authority));
  if (found !== undefined || steps === 0) return found;
  const issuer = others.find((other) => other.isAuthority && other !== certificate && isIssuedBy(certificate, other));
  return issuer && vouching(issuer, others, authorities, steps - 1);
}

function digestIn(attributes: Der): string | undefined {
  for (const attribute of partsOf(attributes)) {
    const [type, values] = partsOf(attribute);
    if (type && values && oidOf(type) === MESSAGE_DIGEST) return hex(partsOf(values)[0]?.content ?? new Uint8Array());
  }
  return undefined;
}

/** A hexadecimal string of a PDF, filled up with zeros. */
function bytesIn(contents: string): Uint8Array {
  const digits = /^<([0-9a-fA-F\s]*)>$/.exec(contents.trim())?.[1]?.replace(/\s/g, "");
  if (digits === undefined || digits.length % 2 !== 0) throw BROKEN;
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  );
}

const UNKNOWN: Sentence = {
  en: "The file has a signature of a form that is not known here: check it with the program of who signed.",
  zh: "文件含有此处无法识别的签名形式：请用签署方的软件核验。",
};
const DIGEST_DIFFERS: Sentence = {
  en: "The file was changed after it was signed: its digest is not the one that was signed.",
  zh: "文件在签署后被改动：其摘要与签署的摘要不符。",
};
const NOT_SIGNED: Sentence = {
  en: "The key of this certificate did not sign: the signature does not hold.",
  zh: "签名无效：并非由该证书的密钥签署。",
};
const ADDED_TO: Sentence = {
  en: "Something was added to the file after it was signed: the signature covers only a part of it.",
  zh: "文件在签署后有追加内容：签名只覆盖其中一部分。",
};
const NOBODY_VOUCHES: Sentence = {
  en: "The signature holds, but no authority that is believed here vouches for its certificate.",
  zh: "签名有效，但证书不是由此处信任的机构签发。",
};
const NOT_VALID: Sentence = {
  en: "The certificate was not valid at that time.",
  zh: "证书在该时间不在有效期内。",
};
