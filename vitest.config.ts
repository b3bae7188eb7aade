import { defineConfig } from "vitest/config";

/** One project per test tier; the tier is in the file name. */
const common = {
  // CI's machine is shared: what fails once is tried once more there, what fails twice has failed.
  // biome-ignore lint/style/noProcessEnv: how tests run is no setting of the product
  retry: process.env.CI ? 1 : 0,
  environment: "node" as const,
  exclude: ["dist/**", "node_modules/**"],
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: "unit",
          testTimeout: 180_000,
          include: ["{shared,services,cli,deploy,docs,scripts,test}/**/*.test.ts"],
          exclude: [...common.exclude, "**/*.int.test.ts", "**/*.e2e.test.ts"],
        },
      },
      {
        test: {
          ...common,
          name: "int",
          include: ["{shared,services,cli,test}/**/*.int.test.ts"],
          // Generous: where it matters how long something takes, the test says so. A slow machine is no failure.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 120_000 } },
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...common,
          name: "e2e",
          include: ["test/e2e/**/*.e2e.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          // A page shows what happened when it has been told; on a busy machine that takes a while.
          expect: { poll: { timeout: 60_000 } },
          fileParallelism: false,
        },
      },
    ],
  },
});
