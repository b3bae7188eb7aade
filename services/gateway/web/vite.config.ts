import { defineConfig } from "vite";

/**
 * scripts/setup/build-web.mjs gives folder and `outDir`. Everything is a file of its own, named by its content; nothing
 * is put inline: the gateway's content security policy allows no inline script or style.
 */
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // static-files.ts lets browsers keep what lies there.
    assetsDir: "ui",
    rolldownOptions: { input: ["index.html", "docs.html"].map((name) => `${import.meta.dirname}/${name}`) },
    emptyOutDir: true,
  },
  worker: { format: "es" },
});
