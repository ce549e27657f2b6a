/** `npm run sdk:pack`: builds the sdk and packs it into a tarball that a stranger can install. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { packSdk } from "./sdk/pack.ts";

// npm runs commands in the folder of package.json; INIT_CWD is where the user was.
const here = process.env.INIT_CWD ?? process.cwd();
const { values } = parseArgs({ options: { to: { type: "string", default: "." } } });
console.log(packSdk(resolve(here, values.to)));
