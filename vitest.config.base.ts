import { defineConfig } from "vitest/config";

const conditions = ["@mxgraft/source", "node", "import", "module", "default"];

export default defineConfig({
  // Packages are tested from their sources: nothing is built first.
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
