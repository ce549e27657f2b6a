import { pino } from "pino";
import { describeError } from "./describeError.ts";

/** What the service writes about itself: a line of JSON each, without keys and signatures. */
export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

/** @param file where to write; without one to standard output. */
export function createLog(level: string, file?: string): Log {
  const secret = ["authorization", "signature", "key", "keys", "privateKey", "transaction", "connectionString", "url"];
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secret.flatMap((name) => [name, `*.${name}`]), censor: "(not written down)" },
    serializers: { error: describeError, reason: withoutParameters },
  };
  return pino(options, pino.destination(file ?? process.stdout.fd));
}

/** The error of a failed query lists its parameters, which are signed orders and transactions. */
const withoutParameters = (reason: unknown) =>
  typeof reason === "string" ? reason.replace(/\nparams: .*/s, "") : reason;
