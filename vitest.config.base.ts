import { defineConfig } from "vitest/config";
import { softwareVulkan } from "./tools/browser/software-vulkan.ts";

const conditions = ["@mxgraft/source", "node", "import", "module", "default"];

export default defineConfig({
  // Packages are tested from their sources: nothing is built first.
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    // A package may have no tests yet; `npm test` fails when no test ran at all.
    passWithNoTests: true,
    // WebGPU in Node, wherever Chromium is installed.
    env: softwareVulkan(),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // `npm test` adds these reports up.
    reporters: ["default", "json"],
    outputFile: { json: "reports/vitest.json" },
  },
});
