import { isIPv6 } from "node:net";

/** Groups of sixteen bits that name a network; what a site is given, it fills with addresses as it likes. */
const GROUPS = 4;

/** What addresses of one site have in common: the /64 of an address of IPv6, an address of IPv4 itself. */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, "");
  if (!isIPv6(plain)) return address;
  // The way in which a URL writes it has no dots and no leading zeros.
  const written = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [head = "", tail] = written.split("::");
  const [before, after] = [head, tail ?? ""].map((part) => part.split(":").filter(Boolean));
  const zeros = Array<string>(8 - before!.length - after!.length).fill("0");
  const groups = [...before!, ...(tail === undefined ? [] : zeros), ...after!];
  if (groups.slice(0, 5).every((group) => group === "0") && groups[5] === "ffff") {
    const [high, low] = groups.slice(6).map((group) => Number.parseInt(group, 16));
    return [high! >> 8, high! & 255, low! >> 8, low! & 255].join(".");
  }
  return `${groups.slice(0, GROUPS).join(":")}::/64`;
}
