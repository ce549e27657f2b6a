import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { type Hex, hexToBytes } from "viem";
import { type PasskeyAssertion, readP256Key } from "../../sdk/index.ts";

/** What the page uses of the browser's credentials, byte strings as numbers. */
interface Authenticator {
  getPublicKey(): ArrayBuffer;
  authenticatorData: ArrayBuffer;
  clientDataJSON: ArrayBuffer;
  signature: ArrayBuffer;
}
interface Credentials {
  create(options: object): Promise<{ rawId: ArrayBuffer; response: Authenticator }>;
  get(options: object): Promise<{ response: Authenticator }>;
}

/** A passkey in Chromium's virtual authenticator, made and asked by a page on http://localhost. */
export class BrowserPasskey {
  readonly key: { x: Hex; y: Hex };
  readonly #id: number[];
  readonly #page: Page;
  readonly #server: Server;

  private constructor(page: Page, server: Server, id: number[], key: { x: Hex; y: Hex }) {
    [this.#page, this.#server, this.#id, this.key] = [page, server, id, key];
  }

  static async make(browser: Browser): Promise<BrowserPasskey> {
    const server = createServer((_, response) => {
      response.setHeader("content-type", "text/html").end("<!doctype html><title>Dujiang</title>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const page = await browser.newPage();
    // Passkeys ask for a domain or localhost; an IP address is neither.
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    const { id, key } = await createPasskey(page);
    return new BrowserPasskey(page, server, id, key);
  }

  /** Has the passkey sign a challenge. */
  async sign(challenge: Hex, userVerification: "required" | "discouraged" = "required"): Promise<PasskeyAssertion> {
    const asked = { id: this.#id, challenge: [...hexToBytes(challenge)], userVerification };
    const answer = await this.#page.evaluate(async ({ id, challenge, userVerification }) => {
      const { credentials } = (globalThis as unknown as { navigator: { credentials: Credentials } }).navigator;
      const { response } = await credentials.get({
        publicKey: {
          challenge: new Uint8Array(challenge),
          allowCredentials: [{ type: "public-key", id: new Uint8Array(id) }],
          userVerification,
        },
      });
      const [data, client] = [new Uint8Array(response.authenticatorData), new Uint8Array(response.clientDataJSON)];
      const signature = new Uint8Array(response.signature);
      return { authenticatorData: [...data], clientDataJSON: [...client], signature: [...signature] };
    }, asked);
    return {
      authenticatorData: Uint8Array.from(answer.authenticatorData),
      clientDataJSON: Uint8Array.from(answer.clientDataJSON),
      signature: Uint8Array.from(answer.signature),
    };
  }

  async close(): Promise<void> {
    await this.#page.close();
    this.#server.close();
  }
}

/** Gives a page a virtual authenticator, and makes a passkey in it that is found without its id. */
export async function createPasskey(page: Page): Promise<{ id: number[]; key: { x: Hex; y: Hex } }> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true } as const;
  await protocol.send("WebAuthn.addVirtualAuthenticator", {
    options: { ...options, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  const { id, spki } = await page.evaluate(async () => {
    const { credentials } = (globalThis as unknown as { navigator: { credentials: Credentials } }).navigator;
    const made = await credentials.create({
      publicKey: {
        challenge: new Uint8Array(32),
        rp: { name: "Dujiang" },
        user: { id: new Uint8Array([1]), name: "reviewer", displayName: "复核员" },
        pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
        authenticatorSelection: { userVerification: "required", residentKey: "required" },
      },
    });
    const [id, spki] = [new Uint8Array(made.rawId), new Uint8Array(made.response.getPublicKey())];
    return { id: [...id], spki: [...spki] };
  });
  return { id, key: readP256Key(Uint8Array.from(spki)) };
}
