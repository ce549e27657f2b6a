import { expect } from "chai";
import { sm2 } from "sm-crypto-v2";
import { hex, isIssuedBy, isSignedBySm2, parseCertificate } from "../../sdk/documents/certificate.ts";
import { checkPdfSignatures } from "../../sdk/documents/pdfSignature.ts";
import { AUTHORITY, bytes, der, FIRM, OID, signedPdf } from "../utils/signedPdf.ts";

// What the firm's key signed of "hello sm2" and a line break, by OpenSSL 3.
const SIGNED_ELSEWHERE =
  "30450220034edad340fab3fced408f7c36571db1243ff2e3e43eb5349d65d2827b0c09d202210092a1af28637da455edb2604c4a2a9fc11bc2c5cbaf6b5aa9cbf5c904621105de";
const AT = new Date("2027-01-01T00:00:00Z");

describe("signatures of PDFs by SM2", () => {
  const check = (pdf: Uint8Array, trusted = [AUTHORITY], at = AT) => checkPdfSignatures(pdf, trusted, at);
  const problemOf = (pdf: Uint8Array, trusted?: Buffer[], at?: Date) => check(pdf, trusted, at)[0]?.problem?.en;

  it("say who signed, and who vouches for it, with attributes or without", () => {
    for (const withAttributes of [true, false]) {
      const [signature, ...more] = check(signedPdf("购售电合同", { withAttributes }));
      expect(more).to.deep.equal([]);
      expect(signature).to.deep.include({ vouchedBy: "Test CA", coversFile: true, problem: undefined });
      expect(signature?.signer).to.deep.include({
        ...{ name: "Qingcheng machine works", organisation: "青城机械厂", serial: "1267" },
      });
    }
    expect(check(Buffer.from("%PDF-1.7 without any"))).to.deep.equal([]);
  });

  it("agree with what another program signed", () => {
    const [firm, authority] = [parseCertificate(FIRM), parseCertificate(AUTHORITY)];
    const signed = Buffer.from("hello sm2\n");
    expect(isSignedBySm2({ signed, signature: SIGNED_ELSEWHERE }, firm.key)).to.equal(true);
    expect(isSignedBySm2({ signed: Buffer.from("hello sm3\n"), signature: SIGNED_ELSEWHERE }, firm.key)).to.equal(
      false,
    );
    expect(isSignedBySm2({ signed, signature: "00" }, firm.key)).to.equal(false);
    expect(isIssuedBy(firm, authority)).to.equal(true);
    expect(isIssuedBy(authority, authority)).to.equal(true);
    expect(isIssuedBy(authority, firm)).to.equal(false);
    expect(firm.validFrom.toISOString()).to.match(/^2026-11-30T/);
    expect(firm.validUntil.toISOString()).to.match(/^2126-/);
  });

  it("are of another file where a byte was changed: the digest does not match", () => {
    const pdf = signedPdf("price 0.3871");
    pdf[pdf.indexOf("0.3871") + 5] = 0x32;
    expect(problemOf(pdf)).to.include("changed after it was signed");
    expect(problemOf(signedPdf("price", { digest: "00".repeat(32) }))).to.include("changed after it was signed");
    const plain = signedPdf("price 0.3871", { withAttributes: false });
    plain[plain.indexOf("0.3871") + 5] = 0x32;
    expect(problemOf(plain)).to.include("did not sign");
  });

  it("do not hold by another key than the certificate's", () => {
    const { privateKey } = sm2.generateKeyPairHex();
    expect(problemOf(signedPdf("a contract", { key: privateKey }))).to.include("did not sign");
  });

  it("do not cover what was added later", () => {
    const [signature] = check(Buffer.concat([signedPdf("a contract"), Buffer.from("2 0 obj <<>> endobj")]));
    expect(signature?.coversFile).to.equal(false);
    expect(signature?.problem?.en).to.include("added to the file");
  });

  it("are vouched for by nobody where the authority is not believed, or too late", () => {
    expect(problemOf(signedPdf("a contract"), [])).to.include("no authority that is believed");
    expect(problemOf(signedPdf("a contract"), [FIRM])).to.include("no authority that is believed");
    expect(problemOf(signedPdf("a contract"), [AUTHORITY], new Date("2200-01-01"))).to.include(
      "not valid at that time",
    );
  });

  it("are vouched for through authorities between, and through no firm", () => {
    const time = der(0x17, Buffer.from("261130000000Z"));
    const algorithm = der(0x30, der(0x06, bytes(OID.sm2Signature)));
    const name = (text: string) =>
      der(0x30, der(0x31, der(0x30, der(0x06, bytes("550403")), der(0x0c, Buffer.from(text)))));
    const constraints = der(0x30, der(0x06, bytes("551d13")), der(0x04, der(0x30, der(0x01, bytes("ff")))));
    const issue = (issuer: Uint8Array, by: string, subject: string, key: string, extensions: Uint8Array[] = []) => {
      const kind = der(0x30, der(0x06, bytes("2a8648ce3d0201")), der(0x06, bytes("2a811ccf5501822d")));
      const signed = der(
        0x30,
        ...[der(0xa0, der(0x02, bytes("02"))), der(0x02, bytes("05")), algorithm, Buffer.from(issuer)],
        ...[der(0x30, time, der(0x17, Buffer.from("491130000000Z"))), name(subject)],
        der(0x30, kind, der(0x03, bytes(`00${key}`))),
        ...(extensions.length === 0 ? [] : [der(0xa3, der(0x30, ...extensions))]),
      );
      const signature = bytes(sm2.doSignature(signed, by, { der: true, hash: true }));
      return der(0x30, signed, algorithm, der(0x03, bytes("00"), signature));
    };
    const [root, middle, end] = [sm2.generateKeyPairHex(), sm2.generateKeyPairHex(), sm2.generateKeyPairHex()];
    const trusted = issue(name("root"), root.privateKey, "root", root.publicKey);
    for (const [extensions, expected] of [
      [[constraints], undefined],
      [[], "no authority"],
    ] as const) {
      const between = issue(name("root"), root.privateKey, "between", middle.publicKey, [...extensions]);
      const last = issue(name("between"), middle.privateKey, "firm", end.publicKey);
      const pdf = signedPdf("a contract", { key: end.privateKey, certificates: [last, between] });
      const problem = problemOf(pdf, [trusted]);
      if (expected === undefined) expect(problem).to.equal(undefined);
      else expect(problem).to.include(expected);
    }
  });

  it("of another form, or broken, are said to be unknown", () => {
    const pdf = signedPdf("a contract");
    const at = pdf.indexOf("/Contents <") + "/Contents <".length;
    for (const text of ["3003020101", "zz", "30830f"]) {
      const broken = Buffer.from(pdf);
      broken.write(text, at);
      expect(problemOf(broken), text).to.include("not known here");
    }
    expect(hex(bytes("00ff"))).to.equal("00ff");
  });
});
