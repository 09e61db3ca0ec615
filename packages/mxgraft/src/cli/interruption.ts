/** Somebody stopped the command: Ctrl-C, or the system. */
export class Interruption extends Error {
  /** What a shell reports for a program that this signal ended. */
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`stopped by ${signal}`);
    this.name = "Interruption";
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}

/**
 * Runs something that can be stopped between two steps. Ctrl-C asks it to stop; a second one ends the process at once,
 * which leaves files whole all the same, because they are written beside and renamed.
 *
 * @throws Interruption  it was stopped.
 */
export async function interruptible<T>(body: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (name: "SIGINT" | "SIGTERM") => {
    const reason = new Interruption(name);
    if (controller.signal.aborted) process.exit(reason.exitCode);
    controller.abort(reason);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    return await body(controller.signal);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}
