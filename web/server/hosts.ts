import { isIP } from "node:net";

/**
 * Whether a request is meant for this server. A name that somebody else points here (DNS rebinding) would make a stranger's
 * page one of our origin; an IP address names nobody else.
 */
export function isOurs(host: string | undefined, names: readonly string[]): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === "localhost" || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0 || names.includes(hostname);
}
