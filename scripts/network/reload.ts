import { ask } from "./jsonRpc.ts";

/** Lets running nodes read their permission lists again; only validators need it, from those who run them. */
export async function reload(urls: readonly string[]): Promise<void> {
  for (const url of urls) await ask(url, "perm_reloadPermissionsFromFile");
}
