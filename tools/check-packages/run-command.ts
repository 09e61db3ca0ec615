import { spawnSync } from "node:child_process";

/**
 * Runs a command to its end and keeps what it printed.
 *
 * @throws Error with the end of what it printed, when it fails and may not.
 */
export function runCommand(
  title: string,
  command: string,
  args: readonly string[],
  cwd: string,
  options: { readonly mayFail?: boolean } = {},
): { readonly status: number | null; readonly output: string } {
  const started = performance.now();
  // What the command imports is what was installed: never the sources of this checkout.
  const { MXGRAFT_SOURCE: _, ...env } = process.env;
  const run = spawnSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const output = `${run.stdout ?? ""}${run.stderr ?? ""}`;
  if (run.error !== undefined) throw new Error(`${title}: ${run.error.message}`, { cause: run.error });
  if (run.status !== 0 && !options.mayFail) {
    const end = output.trimEnd().split("\n").slice(-30).join("\n");
    throw new Error(`${title}: ended with ${run.signal ?? `exit code ${run.status}`}\n${end}`);
  }
  console.log(`${title}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return { status: run.status, output: options.mayFail ? output : (run.stdout ?? "") };
}
