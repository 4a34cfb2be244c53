// One entry is src/main.ts, which every page loads; each file of src/pages/ is an entry more, named after its file.
// Addresses within the bundle are relative, so that it works under whatever address the static files have.
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { defineConfig } from "vite";
import { licences } from "./licences.js";

const here = import.meta.dirname;
const pages = readdirSync(join(here, "src/pages")).filter((file) => file.endsWith(".ts"));

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [licences()],
  worker: { format: "es", plugins: () => [licences()] },
  build: {
    outDir: join(here, "../src/ascertain/desk/static/desk"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // htmx holds an eval that src/swapping.ts turns off, and that the pages' Content-Security-Policy forbids besides.
      checks: { eval: false, pluginTimings: false },
      input: {
        main: join(here, "src/main.ts"),
        ...Object.fromEntries(pages.map((file) => [basename(file, ".ts"), join(here, "src/pages", file)])),
      },
    },
  },
});
