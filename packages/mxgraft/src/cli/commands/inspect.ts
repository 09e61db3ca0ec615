import type { Shape } from "@mxgraft/base";
import type { Command } from "commander";
import { withBackendOption } from "../backend-option.ts";
import { namedShape, withPluginOption } from "../model-options.ts";

export interface InspectOptions {
  readonly params?: string;
  readonly shape: Readonly<Record<string, Shape>>;
  readonly plot?: string;
  readonly plugin: readonly string[];
  readonly backend: string;
  readonly json?: boolean;
}

/** `mxgraft inspect`. */
export function addInspectCommand(program: Command): void {
  const inspect = program
    .command("inspect")
    .summary("show what is in a model, and what would stop it from running")
    .description(
      "Reads the graph of a model of any MXNet version and lists its layers with shapes, parameters and multiply-adds, its operators, inputs and custom operators, and every node that cannot be run. With --plot it draws them. Runs nothing. Exit code 1 when there are such nodes, or when parameters are missing or have a wrong shape.",
    )
    .argument("<symbol>", "the graph, such as model-symbol.json")
    .option("--params <file>", "parameters to compare with the graph, such as model-0001.params")
    .option("--shape <name=sizes>", "shape of an input; can be given several times", namedShape, {})
    .option("--plot <file.svg>", "draw the graph, layer by layer")
    .option("--json", "print the result as JSON");
  withBackendOption(withPluginOption(inspect))
    .addHelpText(
      "after",
      `
Examples:
  mxgraft inspect model-symbol.json
  mxgraft inspect model-symbol.json --params model-0001.params --shape data=1,3,224,224
  mxgraft inspect model-symbol.json --shape data=1,3,224,224 --plot model.svg
  mxgraft inspect model-symbol.json --plugin ./my-op.ts --json`,
    )
    .action(async (symbol: string, options: InspectOptions) =>
      (await import("./run-inspect.ts")).runInspect(symbol, options),
    );
}
