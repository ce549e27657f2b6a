/** What signatures of a PDF are checked with; loaded when somebody opens one. */
import { checkPdfSignatures, type PdfSignature } from "../../sdk/documents/pdfSignature.ts";
import { readConfig } from "../wallets/config.ts";

const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/** The signatures in a PDF, by the authorities that this deployment believes. */
export async function signaturesOf(file: Blob): Promise<PdfSignature[]> {
  return checkPdfSignatures(new Uint8Array(await file.arrayBuffer()), await authorities());
}

async function authorities(): Promise<Uint8Array[]> {
  if (!(await readConfig()).authorities) return [];
  return certificatesIn(await (await fetch("/authorities.pem")).text());
}

/** The certificates (DER) of a PEM file. */
export function certificatesIn(pem: string): Uint8Array[] {
  return [...pem.matchAll(BLOCK)].map(([, base64 = ""]) =>
    Uint8Array.from(atob(base64.replace(/\s/g, "")), (letter) => letter.charCodeAt(0)),
  );
}
