import { useQuery } from "@tanstack/react-query";
import type { Hex } from "viem";
import type { PdfSignature } from "../../sdk/documents/pdfSignature.ts";
import { Asked } from "../design/index.ts";
import { type Sentence, unbroken, useWords } from "../words/index.ts";

/** Who signed a PDF with SM2, and whether it is this very file; what does not hold is red. */
export function PdfSignatures({ file, hash }: { file: Blob; hash: Hex }) {
  const say = useWords();
  const query = useQuery({
    queryKey: ["pdfSignatures", hash],
    queryFn: async () => (await import("./signatures.ts")).signaturesOf(file),
  });
  return (
    <Asked query={query}>
      {(found) =>
        found.length === 0 ? (
          <p className="soft">{say({ en: "The PDF has no signature in it.", zh: "该 PDF 不含签名。" })}</p>
        ) : (
          <ul className="stack">
            {found.map((signature, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: signatures stand in the file in this order
              <li key={at}>
                <Signature signature={signature} />
              </li>
            ))}
          </ul>
        )
      }
    </Asked>
  );
}

function Signature({ signature: { signer, vouchedBy, problem } }: { signature: PdfSignature }) {
  const say = useWords();
  const who = signer === undefined ? undefined : nameOf(signer);
  if (problem !== undefined)
    return (
      <p className="note bad" role="alert">
        {who !== undefined && say({ en: `Signature of ${who}: `, zh: `${who} 的签名：` })}
        {say(problem)}
      </p>
    );
  const until = signer === undefined ? "" : unbroken(signer.validUntil.toISOString().slice(0, 10));
  const words: Sentence = {
    en: `Signed with SM2 by ${who}, whose certificate ${vouchedBy} vouches for until ${until}; nothing was changed since.`,
    zh: `由 ${who} 以 SM2 签署，证书由 ${vouchedBy} 签发，有效期至 ${until}；签署后未被改动。`,
  };
  return <p className="note">{say(words)}</p>;
}

const nameOf = ({ name, organisation }: { name: string; organisation?: string }) =>
  organisation === undefined || organisation === name ? name : `${name} (${organisation})`;
