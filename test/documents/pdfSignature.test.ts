import { expect } from "chai";
import { sm2, sm3 } from "sm-crypto-v2";
import { hex, isIssuedBy, isSignedBySm2, parseCertificate } from "../../sdk/documents/certificate.ts";
import { checkPdfSignatures } from "../../sdk/documents/pdfSignature.ts";

// Made with OpenSSL 3 (SM2 with SM3, user id 1234567812345678): an authority, a firm that it vouches for, the firm's key, and what the
// key signed of "hello sm2" and a line break.
const AUTHORITY = bytes(
  "308201bc30820162a003020102020101300a06082a811ccf55018375303c310b300906035504061302434e311b3019060355040a0c12e6" +
    "b58be8af95e8aea4e8af81e69cbae69e843110300e06035504030c07546573742043413020170d3236313133303037353132335a180f32" +
    "313236313130363037353132335a303c310b300906035504061302434e311b3019060355040a0c12e6b58be8af95e8aea4e8af81e69cba" +
    "e69e843110300e06035504030c07546573742043413059301306072a8648ce3d020106082a811ccf5501822d034200049a386d3968f0ef" +
    "7261d57e0e7c8151dbd2993d3d89dec28bdd6ab4cbda825e5806dde476e07c8ecf30ac00da5949c5073a3abd15202b4731a1d128b37459" +
    "f624a3533051301d0603551d0e04160414efa9724f9d941b5e9f054c382d303d634dfa0228301f0603551d23041830168014efa9724f9d" +
    "941b5e9f054c382d303d634dfa0228300f0603551d130101ff040530030101ff300a06082a811ccf550183750348003045022100eb4b6a" +
    "ec1f08eafb9f5569491696cc02435127ccac7128d62d3ba4bb2b49c11a022048891acf5c1797878b7de9e5977fdaa9319363adb658e783" +
    "fbbcdd0e07e299cb",
);
const FIRM = bytes(
  "308201713082011602021267300a06082a811ccf55018375303c310b300906035504061302434e311b3019060355040a0c12e6b58be8af" +
    "95e8aea4e8af81e69cbae69e843110300e06035504030c07546573742043413020170d3236313133303037353132345a180f3231323631" +
    "3130363037353132345a3049310b300906035504061302434e31183016060355040a0c0fe99d92e59f8ee69cbae6a2b0e58e823120301e" +
    "06035504030c1751696e676368656e67206d616368696e6520776f726b733059301306072a8648ce3d020106082a811ccf5501822d0342" +
    "0004012ecabd023a1ac92078386f3d390c7e8eb27895b4086444ccf887f98e14d4cfad678e87fb6ef2c5d38c14ee069c8c2373e8edf6e9" +
    "e18a3651c9676d2580529e300a06082a811ccf550183750349003046022100e1365942ad1bb4626b660631fbbce22ca6f3556651c0ac74" +
    "6194cd59402b5f1d022100dbdf623896a2278a9350943d3e5bcbd57554d0d736033297ab32f5f3f14167f2",
);
const FIRM_KEY = "d1af282a1de954c57b3ebddc711ca6eb1353fec4dd991919d683806b7fa9e241";
const SIGNED_ELSEWHERE =
  "30450220034edad340fab3fced408f7c36571db1243ff2e3e43eb5349d65d2827b0c09d202210092a1af28637da455edb2604c4a2a9fc11bc2c5cbaf6b5aa9cbf5c904621105de";
const AT = new Date("2027-01-01T00:00:00Z");

const OID = {
  data: "2a811ccf550601040201",
  signedData: "2a811ccf550601040202",
  messageDigest: "2a864886f70d010904",
  sm3: "2a811ccf55018311",
  sm2Signature: "2a811ccf55018375",
};

function bytes(text: string): Buffer {
  return Buffer.from(text, "hex");
}

function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const size = content.length.toString(16).padStart(content.length > 255 ? 4 : 2, "0");
  const length =
    content.length < 128 ? bytes(size) : Buffer.concat([Buffer.from([0x80 + size.length / 2]), bytes(size)]);
  return Buffer.concat([Buffer.from([tag]), length, content]);
}

interface Choices {
  key: string;
  certificates: Uint8Array[];
  /** Signed instead of the digest of what the PDF says. */
  digest?: string;
  withAttributes: boolean;
}

/** A PDF that somebody signs as signing programs do: with room for the signature, and a range around it. */
function signedPdf(text: string, choices: Partial<Choices> = {}): Buffer {
  const { key, certificates, digest, withAttributes } = {
    key: FIRM_KEY,
    certificates: [FIRM],
    withAttributes: true,
    ...choices,
  };
  const room = 4_000;
  const head = `%PDF-1.7\n${text}\n1 0 obj <</Type /Sig /SubFilter /adbe.pkcs7.detached /Contents `;
  const range = (before: number, after: number, rest: number) =>
    ` /ByteRange [0 ${before} ${after} ${rest}]`.padEnd(60);
  const tail = ">>\nendobj\n%%EOF\n";
  const before = Buffer.byteLength(head);
  const after = before + room + 2;
  const rest = Buffer.from(range(before, after, 60 + tail.length) + tail);
  const signed = Buffer.concat([Buffer.from(head), rest]);
  const cms = signedData(signed, { key, certificates, withAttributes, ...(digest !== undefined && { digest }) });
  return Buffer.concat([Buffer.from(head), Buffer.from(`<${cms.toString("hex").padEnd(room, "0")}>`), rest]);
}

function signedData(signed: Uint8Array, { key, certificates, digest, withAttributes }: Choices): Buffer {
  const algorithm = (oid: string) => der(0x30, der(0x06, bytes(oid)));
  const attribute = der(0x30, der(0x06, bytes(OID.messageDigest)), der(0x31, der(0x04, bytes(digest ?? sm3(signed)))));
  const message = withAttributes ? der(0x31, attribute) : signed;
  const signature = sm2.doSignature(message, key, { der: true, hash: true });
  const firm = parseCertificate(certificates[0]!);
  const info = der(
    0x30,
    der(0x02, bytes("01")),
    der(0x30, Buffer.from(firm.issuerName), der(0x02, bytes(firm.serial))),
    algorithm(OID.sm3),
    ...(withAttributes ? [der(0xa0, attribute)] : []),
    algorithm(OID.sm2Signature),
    der(0x04, bytes(signature)),
  );
  const content = [
    ...[der(0x02, bytes("01")), der(0x31, algorithm(OID.sm3)), der(0x30, der(0x06, bytes(OID.data)))],
    ...[der(0xa0, ...certificates), der(0x31, info)],
  ];
  return der(0x30, der(0x06, bytes(OID.signedData)), der(0xa0, der(0x30, ...content)));
}

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
