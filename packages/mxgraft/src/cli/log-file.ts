import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { FileError } from "@mxgraft/base";

/** `2026-01-31 09:05:07,123`, local time, as Python's logging writes it. */
export function logTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time},${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** A file that lines of a log are added to, with the time in front. */
export class LogFile {
  readonly #path: string;
  readonly #warn: (line: string) => void;
  #descriptor: number | undefined;

  /** @throws FileError  it cannot be written. */
  constructor(path: string, warn: (line: string) => void) {
    this.#path = path;
    this.#warn = warn;
    try {
      mkdirSync(dirname(path), { recursive: true });
      this.#descriptor = openSync(path, "a");
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new FileError(`Cannot write the log "${path}": ${reason}`, { file: path }, { cause });
    }
  }

  write(line: string): void {
    if (this.#descriptor === undefined) return;
    try {
      writeSync(this.#descriptor, `${logTime(new Date())} ${line}\n`);
    } catch (error) {
      // A full disk must not end a training for the sake of its log.
      this.#warn(`The log "${this.#path}" ends here: ${error instanceof Error ? error.message : String(error)}`);
      this.close();
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
