import { type Hex, isHex, size } from "viem";
import type { Sentence } from "../../sdk/types/sentence.ts";

/** A variable of the environment, or else of Hardhat's keystore, which asks for its password. */
export async function variableNamed(name: string): Promise<string | undefined> {
  if (process.env[name]) return process.env[name];
  // Takes a second or two, which is for nothing where the environment has it.
  const { default: hre } = await import("hardhat");
  try {
    const variable = { _type: "ConfigurationVariable", name } as const;
    return await hre.hooks.runHandlerChain("configurationVariables", "fetchValue", [variable], async () => {
      throw new NotThere();
    });
  } catch (error) {
    if (error instanceof NotThere) return undefined;
    throw error;
  }
}

class NotThere extends Error {}

/** A private key as it may be written; undefined where a text is none. */
export function privateKeyIn(text: string): Hex | undefined {
  const key = text.startsWith("0x") ? text : `0x${text}`;
  return isHex(key) && size(key) === 32 ? key : undefined;
}

export const noKey = (name: string): Sentence => ({
  en: `${name} is not a private key, which is 0x and 64 hexadecimal digits.`,
  zh: `${name} 不是私钥：私钥为 0x 加 64 位十六进制数字。`,
});

export const notKnown = (name: string): Sentence => ({
  en: `${name} is not known: put it into the environment or, with "npm run keystore -- set ${name}", into the keystore.`,
  zh: `未找到 ${name}：请设为环境变量，或用“npm run keystore -- set ${name}”存入密钥库。`,
});
