import { ask } from "./jsonRpc.ts";

/** Lets running nodes read their permission lists again; only validators are asked for it, by whoever runs them. */
export async function reload(urls: readonly string[]): Promise<void> {
  for (const url of urls) await ask(url, "perm_reloadPermissionsFromFile");
}
