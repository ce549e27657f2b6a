import { Refusal } from "../gateway/refusal.ts";

/** Bytes from one place up to, not including, another. */
export interface ByteRange {
  from: number;
  to: number;
}

/** What `range: bytes=100-` or `bytes=100-199` asks of so many bytes; undefined where everything is asked for. */
export function rangeOf(header: string | undefined, size: number): ByteRange | undefined {
  if (header === undefined) return undefined;
  const [, first, last] = /^bytes=(\d{1,10})-(\d{0,10})$/.exec(header) ?? [];
  const from = Number(first);
  const to = last === "" ? size : Math.min(size, Number(last) + 1);
  if (first === undefined || from > size || to < from) {
    throw new Refusal(
      400,
      "InvalidRange",
      {
        en: `range must be one range of the ${size} bytes, such as "bytes=1048576-": leave it out for everything.`,
        zh: `range 须为 ${size} 字节内的一段，例如 "bytes=1048576-"；不填则返回全部。`,
      },
      { size },
    );
  }
  return { from, to };
}
