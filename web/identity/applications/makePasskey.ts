import { readP256Key } from "../../../sdk/identity/p256.ts";
import { DujiangError } from "../../../sdk/types/errors.ts";

/** ES256, which the chain's verifier checks. */
const ES256 = -7;

/** Makes a passkey whose holder is verified at each use. @returns its public half, as registrars take it */
export async function makePasskey(name: string): Promise<string> {
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const made = (await navigator.credentials
    .create({
      publicKey: {
        challenge: random(32),
        rp: { name },
        user: { id: random(16), name, displayName: name },
        pubKeyCredParams: [{ type: "public-key", alg: ES256 }],
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      },
    })
    .catch(() => null)) as PublicKeyCredential | null;
  const key = (made?.response as AuthenticatorAttestationResponse | undefined)?.getPublicKey();
  if (key === undefined || key === null) throw notMade();
  return JSON.stringify({ kind: "passkey", ...readP256Key(new Uint8Array(key)) });
}

const notMade = () =>
  new DujiangError({
    en: "No passkey was made: the device refused, or it was declined; try again at https or localhost, with the screen lock set up.",
    zh: "未能生成通行密钥：设备不支持或已取消；请在 https 或 localhost 下、启用锁屏后重试。",
  });
