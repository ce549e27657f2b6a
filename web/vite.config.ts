import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// What is served is React for production, whatever the shell or the test that builds it is set to.
process.env.NODE_ENV = "production";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // Both themes are written with light-dark(), which is kept as it is.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The content security policy lets no inline script run and no data: address be fetched.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Which files a screen is made of: bench/webSize.ts adds them up.
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      // Nothing happens by importing a module but that of a style sheet: a room's door brings along only what is asked of it.
      treeshake: { moduleSideEffects: [{ test: /\/(web|sdk)\/.*\.tsx?$/, sideEffects: false }] },
      output: {
        // What every screen needs comes in one part: several small ones compress worse.
        codeSplitting: {
          groups: [{ name: "page", test: /node_modules\/(react|react-dom|scheduler|@tanstack\/(?!.*virtual))/ }],
        },
      },
    },
  },
});
