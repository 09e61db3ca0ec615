#!/usr/bin/env node
/**
 * The command `mxgraft`. npm links it at install time, before anything is built, so it is plain JavaScript. It runs the
 * built program if there is one, else the sources, always in this process: signals and exit codes need no forwarding.
 * MXGRAFT_SOURCE=1 asks for the sources although there is a build.
 */
import { existsSync } from "node:fs";

const built = new URL("../dist/main.js", import.meta.url);
if (existsSync(built) && !process.env.MXGRAFT_SOURCE) {
  await import(built.href);
} else {
  process.env.MXGRAFT_SOURCE = "1";
  await import("./register.js");
  await import(new URL("../src/main.ts", import.meta.url).href);
}
