import { type Account, giveFolder } from "./folder.ts";

/** The account "besu" of Besu's image. */
const BESU: Account = { uid: 1000, gid: 1000 };

/**
 * The account that nodes run under: that of the maker of the network, since keys are readable for their owner alone.
 * Besu does not run as root; root gives the nodes' folders to the account of Besu's image.
 */
export function nodeOwner(): Account {
  const uid = process.getuid?.() ?? BESU.uid;
  return uid === 0 ? BESU : { uid, gid: process.getgid?.() ?? BESU.gid };
}

/** Hands a folder of nodes over to that account. */
export function giveToNodes(folder: string): void {
  if (process.getuid?.() === 0) giveFolder(folder, BESU);
}
