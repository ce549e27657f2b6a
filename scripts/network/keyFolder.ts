import type { Hex } from "viem";
import { createFolder } from "./folder.ts";
import { addressOf, generateNodeKey } from "./nodeKey.ts";
import { giveToNodes } from "./owner.ts";

/** Makes a node's key for a member who lets nobody else have it, and answers with what others may know. */
export function createKeyFolder(folder: string): { publicKey: Hex; address: Hex } {
  const { privateKey, publicKey } = generateNodeKey();
  const address = addressOf(publicKey);
  const files = [
    { path: "key", text: privateKey, isSecret: true },
    { path: "key.pub", text: publicKey },
    { path: "address", text: address },
  ];
  createFolder(folder, files, giveToNodes);
  return { publicKey, address };
}
