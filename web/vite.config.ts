import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy lets no inline script run and no data: address be fetched.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Which files a screen is made of: web/size.ts adds them up.
    manifest: true,
    reportCompressedSize: false,
  },
});
