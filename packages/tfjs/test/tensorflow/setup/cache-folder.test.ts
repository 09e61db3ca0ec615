import { expect, test } from "vitest";
import { cacheFolder } from "../../../src/tensorflow/setup/cache-folder.ts";

const cases = [
  { name: "MXGRAFT_CACHE first", environment: { MXGRAFT_CACHE: "/a", XDG_CACHE_HOME: "/b", HOME: "/c" }, folder: "/a" },
  { name: "then the XDG folder", environment: { XDG_CACHE_HOME: "/b", HOME: "/c" }, folder: "/b/mxgraft" },
  { name: "not a relative XDG folder", environment: { XDG_CACHE_HOME: "b", HOME: "/c" }, folder: "/c/.cache/mxgraft" },
  { name: "then the home folder", environment: { HOME: "/c" }, folder: "/c/.cache/mxgraft" },
];

test.for(cases)("$name", ({ environment, folder }) => {
  expect(cacheFolder(environment)).toBe(folder);
});
