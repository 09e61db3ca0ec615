import { runProgram } from "./cli/run-program.ts";

// Whoever reads has seen enough: `mxgraft doctor | head -1`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await runProgram(process.argv.slice(2));
