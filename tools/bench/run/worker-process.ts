import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Job, Prepared, Reply, Request } from "./protocol.ts";

/** How to start a worker. */
export interface WorkerCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Set besides, or instead of, what this process has. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A worker failed, or did not answer as the protocol wants. */
export class WorkerError extends Error {
  override readonly name = "WorkerError";
}

/** Lines of a worker's standard error that an error message quotes. */
const QUOTED_LINES = 12;
/** Time for a worker to end by itself once its input is closed, milliseconds. */
const GRACE = 3000;

/** A worker: another process that does the same work, and waits in between without using the processor. */
export class WorkerProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #errors: string[] = [];
  #waiting: { resolve(reply: unknown): void; reject(error: Error): void } | undefined;
  #ended: WorkerError | undefined;

  constructor(name: string, { command, args, environment = {} }: WorkerCommand) {
    this.name = name;
    const { FORCE_COLOR: _, ...inherited } = process.env;
    const child = spawn(command, args, { env: { ...inherited, ...environment }, stdio: ["pipe", "pipe", "pipe"] });
    this.#child = child;
    createInterface({ input: child.stdout }).on("line", (line) => this.#take(line));
    createInterface({ input: child.stderr }).on("line", (line) => {
      this.#errors.push(line);
      if (this.#errors.length > QUOTED_LINES) this.#errors.shift();
    });
    // A worker that died is told by "close"; writing to it fails besides.
    child.stdin.on("error", () => undefined);
    child.once("error", (error) => this.#end(`cannot be started: ${error.message}`));
    child.once("close", (status, signal) => this.#end(`ended with ${signal ?? `exit code ${status}`}`));
  }

  /** Reads the inputs, does the work a few times to be checked, and leaves it ready to be timed. */
  async prepare(job: Job): Promise<Prepared> {
    const reply = await this.#ask({ do: "prepare", job });
    if (!isPrepared(reply)) throw this.#error(`answers "prepare" with ${brief(reply)}, expected check and facts`);
    return reply;
  }

  /** Runs the prepared work. @returns milliseconds of each iteration after the first `warm`. */
  async run(iterations: number, warm = 0): Promise<number[]> {
    const reply = await this.#ask({ do: "run", warm, iterations });
    if (!isTimes(reply) || reply.length !== iterations) {
      throw this.#error(`answers "run" with ${brief(reply)}, expected ${iterations} times in milliseconds`);
    }
    return reply;
  }

  /** Ends the process. Does not throw: what it had to say was said. */
  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    const closed = once(this.#child, "close");
    this.#child.stdin?.end();
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), GRACE);
    await closed.catch(() => undefined);
    clearTimeout(timer);
  }

  #ask(request: Request): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    if (this.#waiting !== undefined) return Promise.reject(this.#error("was asked again before it answered"));
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    });
  }

  #take(line: string): void {
    const reply = parseReply(line);
    const waiting = this.#waiting;
    // Libraries print to standard output, too; only a reply is one.
    if (reply === undefined || waiting === undefined) return;
    this.#waiting = undefined;
    if ("error" in reply) waiting.reject(this.#error(reply.error));
    else waiting.resolve(reply.ok);
  }

  #end(how: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = this.#error(how);
    this.#waiting?.reject(this.#ended);
    this.#waiting = undefined;
  }

  #error(what: string): WorkerError {
    const said = this.#errors.map((line) => `\n  ${line}`).join("");
    return new WorkerError(`Worker "${this.name}": ${what}${said}`);
  }
}

function parseReply(line: string): Reply | undefined {
  if (!line.startsWith("{")) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  if ("error" in value && typeof value.error === "string") return { error: value.error };
  return "ok" in value ? { ok: value.ok } : undefined;
}

function isTimes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((time) => typeof time === "number" && time >= 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPrepared(value: unknown): value is Prepared {
  if (!isRecord(value) || !isRecord(value.check) || !isRecord(value.facts)) return false;
  const numbers = Object.values(value.check);
  return numbers.every((list) => Array.isArray(list) && list.every((one) => typeof one === "number" || one === null));
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 100 ? `${text.slice(0, 100)} ...` : text;
}
