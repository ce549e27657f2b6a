import { sm2, sm3 } from "sm-crypto-v2";
import { parseCertificate } from "../../sdk/documents/certificate.ts";

// Made with OpenSSL 3 (SM2 with SM3, user id 1234567812345678): an authority, a firm that it vouches for, and the firm's key.
export const AUTHORITY = bytes(
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
export const FIRM = bytes(
  "308201713082011602021267300a06082a811ccf55018375303c310b300906035504061302434e311b3019060355040a0c12e6b58be8af" +
    "95e8aea4e8af81e69cbae69e843110300e06035504030c07546573742043413020170d3236313133303037353132345a180f3231323631" +
    "3130363037353132345a3049310b300906035504061302434e31183016060355040a0c0fe99d92e59f8ee69cbae6a2b0e58e823120301e" +
    "06035504030c1751696e676368656e67206d616368696e6520776f726b733059301306072a8648ce3d020106082a811ccf5501822d0342" +
    "0004012ecabd023a1ac92078386f3d390c7e8eb27895b4086444ccf887f98e14d4cfad678e87fb6ef2c5d38c14ee069c8c2373e8edf6e9" +
    "e18a3651c9676d2580529e300a06082a811ccf550183750349003046022100e1365942ad1bb4626b660631fbbce22ca6f3556651c0ac74" +
    "6194cd59402b5f1d022100dbdf623896a2278a9350943d3e5bcbd57554d0d736033297ab32f5f3f14167f2",
);
export const FIRM_KEY = "d1af282a1de954c57b3ebddc711ca6eb1353fec4dd991919d683806b7fa9e241";
export const OID = {
  data: "2a811ccf550601040201",
  signedData: "2a811ccf550601040202",
  messageDigest: "2a864886f70d010904",
  sm3: "2a811ccf55018311",
  sm2Signature: "2a811ccf55018375",
};

export function bytes(text: string): Buffer {
  return Buffer.from(text, "hex");
}

export function der(tag: number, ...contents: Uint8Array[]): Buffer {
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
export function signedPdf(text: string, choices: Partial<Choices> = {}): Buffer {
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

/** A certificate as PEM files hold it. */
export const pemOf = (certificate: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate).toString("base64")}\n-----END CERTIFICATE-----\n`;
