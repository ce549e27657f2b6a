import { readFileSync } from "node:fs";
import { defineConfig } from "vite";

const {
  RPC_URL = "http://127.0.0.1:8545",
  GRAPHQL_URL = "http://127.0.0.1:42069/graphql",
  DEPLOYMENT = "../../deployments/local/deployment.json",
} = process.env;

// Node and index stand behind the page's own address, so that a browser need not be let in by either.
const behind = (url) => ({ target: url, changeOrigin: true, ignorePath: true });
const proxy = { "/rpc": behind(RPC_URL), "/graphql": behind(GRAPHQL_URL) };

export default defineConfig({
  // Where the contracts are.
  define: { DEPLOYMENT: JSON.stringify(readFileSync(DEPLOYMENT, "utf8")) },
  build: { target: "es2023" },
  server: { host: "127.0.0.1", proxy },
  preview: { host: "127.0.0.1", proxy },
});
