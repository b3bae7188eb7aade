import { defineConfig } from "vite";

const LIVE_WORKER = "live-worker";

/**
 * scripts/setup/build-web.mjs gives folder and `outDir`. Everything is a file of its own, named by its content; nothing
 * is put inline: the gateway's content security policy allows no inline script or style.
 */
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    // All have light-dark() and nesting: nothing is written twice for older ones.
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // static-files.ts lets browsers keep what lies there.
    assetsDir: "ui",
    rolldownOptions: {
      input: {
        index: `${import.meta.dirname}/index.html`,
        docs: `${import.meta.dirname}/docs.html`,
        [LIVE_WORKER]: `${import.meta.dirname}/state/live-worker.ts`,
      },
      // How long each plugin took says more about the machine than about the build.
      checks: { pluginTimings: false },
      // The tabs of a browser share a worker by its address: it stays the same.
      output: {
        entryFileNames: ({ name }) => (name === LIVE_WORKER ? "[name].js" : "ui/[name]-[hash].js"),
      },
    },
    emptyOutDir: true,
  },
});
