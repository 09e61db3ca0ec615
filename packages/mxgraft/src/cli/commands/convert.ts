import { type Command, Option } from "commander";
import { withPluginOption } from "../model-options.ts";

export interface ConvertOptions {
  readonly to: "mxnet";
  readonly out: string;
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** `mxgraft convert`. */
export function addConvertCommand(program: Command): void {
  const convert = program
    .command("convert")
    .summary("rewrite a model of any MXNet version as MXNet 1.9.1 writes it")
    .description(
      "Reads a graph of any MXNet version, and parameters of any format, and writes both as MXNet 1.9.1 does. No number changes; data types, names and sparse arrays stay. Says what became different. Operators that nobody registered are taken over as they stand. Files are written whole or not at all.",
    )
    .argument("<symbol>", "the graph, such as model-symbol.json")
    .argument("[params]", "the parameters, such as model-0001.params")
    .addOption(new Option("--to <form>", "what to convert to").choices(["mxnet"]).makeOptionMandatory())
    .requiredOption(
      "--out <dir|prefix>",
      "a folder (there, or with a / at its end), or the beginning of the files' names",
    )
    .option("--json", "print the result as JSON");
  withPluginOption(convert)
    .addHelpText(
      "after",
      `
Examples:
  mxgraft convert model-symbol.json model-0010.params --to mxnet --out converted/
  mxgraft convert model-symbol.json model-0010.params --to mxnet --out converted/model
      writes converted/model-symbol.json and converted/model-0010.params
  mxgraft convert model-symbol.json --to mxnet --out converted/ --json`,
    )
    .action(async (symbol: string, params: string | undefined, options: ConvertOptions) =>
      (await import("./run-convert.ts")).runConvert(symbol, params, options),
    );
}
