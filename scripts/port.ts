import { DujiangError } from "../sdk/types/errors.ts";

/** Thrown when a service cannot listen at its port. */
export class PortError extends DujiangError {}

/** Where a service listens: the port named by an environment variable, or its usual one. */
export function portFrom(variable: string, usual: number): number {
  const text = process.env[variable];
  if (text === undefined || text === "") return usual;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new PortError({
      en: `${variable} is "${text}", but a port is a whole number from 1 to 65535.`,
      zh: `${variable} 为“${text}”，而端口须为 1 至 65535 的整数。`,
    });
  }
  return port;
}
