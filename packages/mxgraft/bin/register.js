/**
 * Lets this thread import TypeScript: registers tsx and, where MXGRAFT_SOURCE is set, resolves the packages of this
 * repository to their sources (export condition "@mxgraft/source"). Import it before the first TypeScript file:
 *
 *   node --import mxgraft/register train.ts
 *   new Worker(file, { execArgv: ["--import", import.meta.resolve("mxgraft/register")] })   // hooks belong to one thread
 *
 * Plain JavaScript, because it runs before any TypeScript can.
 */
import module from "node:module";
import { register } from "tsx/esm/api";

/** Resolve hook, asynchronous in Node 20 and synchronous later: it returns what the next hook returns. */
function resolve(specifier, context, nextResolve) {
  return nextResolve(specifier, { ...context, conditions: ["@mxgraft/source", ...(context.conditions ?? [])] });
}

// A tsconfig.json in the folder where a user happens to start the command has no say in how our sources compile.
register({ tsconfig: false });

if (process.env.MXGRAFT_SOURCE) {
  if (module.registerHooks) {
    module.registerHooks({ resolve });
  } else {
    // Before Node 22.15 hooks live in a thread of their own and must come as a module.
    module.register(`data:text/javascript,${encodeURIComponent(`export ${resolve}`)}`);
  }
}
