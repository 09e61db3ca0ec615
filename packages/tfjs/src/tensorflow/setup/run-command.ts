import { spawn } from "node:child_process";

export interface CommandResult {
  /** Exit status; `undefined` when the command was not found or was ended by a signal. */
  readonly status: number | undefined;
  readonly found: boolean;
  /** What it printed on both streams, in order. */
  readonly output: string;
}

/** Runs a program to its end, without a shell. Does not throw: a program that is not there is a result, too. */
export function runCommand(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      resolve({ status: undefined, found: error.code !== "ENOENT" && error.code !== "EACCES", output: error.message });
    });
    child.once("close", (status) => resolve({ status: status ?? undefined, found: true, output }));
  });
}

/** The last lines of a program's output, indented: what a message quotes. */
export function lastLines(output: string, count: number): string {
  const lines = output.trimEnd().split("\n");
  return lines
    .slice(-count)
    .map((line) => `  ${line}`)
    .join("\n");
}
