import type { Shape } from "@mxgraft/base";
import { type Command, InvalidArgumentError } from "commander";

/** Adds `--plugin`, which can be given several times. */
export function withPluginOption(command: Command): Command {
  return command.option(
    "--plugin <file|package>",
    "registers operators before the model is read; can be given several times",
    collected,
    [],
  );
}

/** Collects an option that can be given several times. */
export function collected(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

/** `data=1,3,224,224`; a reader for commander of an option that can be given several times. */
export function namedShape(text: string, before: Readonly<Record<string, Shape>>): Record<string, Shape> {
  const at = text.indexOf("=");
  const sizes = text
    .slice(at + 1)
    .replace(/^\((.*?),?\)$/, "$1")
    .split(",")
    .map((size) => (size.trim() === "" ? Number.NaN : Number(size)));
  if (at > 0 && sizes.every((size) => Number.isSafeInteger(size) && size > 0)) {
    return Object.fromEntries([...Object.entries(before), [text.slice(0, at), sizes]]);
  }
  throw new InvalidArgumentError("Expected NAME=SIZE,SIZE,... such as data=1,3,224,224.");
}
