import { MxgraftError } from "@mxgraft/base";
import { CommanderError } from "commander";
import { createProgram } from "./create-program.ts";
import { Interruption } from "./interruption.ts";
import { WrongUsage } from "./wrong-usage.ts";

const REPORT = "This is a fault of mxgraft. Please report it with the command and the text above.";

/**
 * Runs the command `mxgraft` with these words.
 *
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage, 130 and 143 stopped by a signal.
 */
export async function runProgram(words: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...words], { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  // commander has written its message already.
  if (error instanceof CommanderError) return error.code === "commander.help" ? 2 : error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interruption) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  const expected = error instanceof MxgraftError;
  const showStack = !expected || Boolean(process.env.MXGRAFT_DEBUG);
  const text = error instanceof Error ? (showStack ? error.stack : error.message) : String(error);
  process.stderr.write(`error: ${text}\n${expected ? "" : `\n${REPORT}\n`}`);
  return error instanceof WrongUsage ? 2 : 1;
}
