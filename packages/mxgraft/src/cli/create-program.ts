import { readFileSync } from "node:fs";
import { Command } from "commander";
import { addConvertCommand } from "./commands/convert.ts";
import { addDemoCommand } from "./commands/demo.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addInspectCommand } from "./commands/inspect.ts";
import { addPlotCommand } from "./commands/plot.ts";
import { addRunCommand } from "./commands/run.ts";
import { addSetupCommand } from "./commands/setup.ts";
import { addTrainCommand } from "./commands/train.ts";

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const manifest: { readonly version?: unknown } = JSON.parse(text);
  return String(manifest.version);
}

/** The command `mxgraft` with all that it can do. */
export function createProgram(): Command {
  const program = new Command("mxgraft")
    .description("MXNet-style operators and models on any TensorFlow.js backend.")
    .version(version(), "-V, --version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .showHelpAfterError("Add --help for what there is.")
    // Errors come back as exceptions, so that one place decides about exit codes.
    .exitOverride()
    .addHelpText(
      "after",
      `
Examples:
  mxgraft demo                        learns digits that it draws itself, and draws what it learned
  mxgraft train digits --data DIR     the same on MNIST's files
  mxgraft inspect model-symbol.json   what is in a model; mxgraft run runs it, mxgraft convert rewrites old ones
  mxgraft doctor                      which backends are here, and why not the others

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 stopped with Ctrl-C. MXGRAFT_DEBUG=1 shows where an error comes from.`,
    );
  addDemoCommand(program);
  addTrainCommand(program);
  addPlotCommand(program);
  addInspectCommand(program);
  addRunCommand(program);
  addConvertCommand(program);
  addDoctorCommand(program);
  addSetupCommand(program);
  return program;
}
