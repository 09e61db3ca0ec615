import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { staticPage } from "./build/static-page.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  // Relative addresses: the folder works under any path of a server.
  base: "./",
  resolve: {
    conditions: ["@mxgraft/source", "module", "browser", "import", "default"],
    alias: [{ find: /^@tensorflow\/tfjs$/, replacement: here("src/engine/tfjs-without-backends.ts") }],
  },
  plugins: [staticPage()],
  // Modules, so that a backend is a file of its own.
  worker: {
    format: "es",
    rolldownOptions: {
      output: {
        // Files of backends have their names, so that the list of sizes can be read.
        chunkFileNames: ({ name, facadeModuleId }) => {
          const backend = /@tensorflow\/tfjs-(backend-\w+)\/dist\/index\.js$/.exec(facadeModuleId ?? "")?.[1];
          return `assets/${backend ?? name}-[hash].js`;
        },
      },
    },
  },
  build: { target: "es2022", modulePreload: { polyfill: false }, chunkSizeWarningLimit: 2000 },
});
