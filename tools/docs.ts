/** `npm run docs:build`: the pages of docs/ as a site with search in both languages, into docs/.vitepress/dist. */
import { join } from "node:path";
import { root } from "../scripts/root.ts";
import { buildSite } from "./docs/site.ts";

const out = join(root, "docs", ".vitepress", "dist");
await buildSite(join(root, "docs"), out);
console.log(`The site is in ${out}: any web server can serve it.`);
