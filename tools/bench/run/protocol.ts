/*
 * How the benchmark talks to its workers, each a process of its own: one JSON object in a line each way, requests on
 * stdin and replies in their order on stdout. A reply is `{"ok": RESULT}` or `{"error": MESSAGE}`.
 */

/** What a worker is to do: a piece of work that it knows, with settings and the folder that holds the inputs. */
export interface Job {
  readonly work: string;
  /** Holds `inputs.npz` and what else the work reads. */
  readonly folder: string;
  readonly settings: Settings;
}

export type Settings = Readonly<Record<string, string | number | boolean>>;

/** What a worker answers when it is ready to be timed. */
export interface Prepared {
  /** Numbers that every worker must agree on, by name: the loss of the first steps, some outputs. */
  readonly check: Readonly<Record<string, readonly number[]>>;
  /** What else is worth knowing: the version, the mode, the variant that was the fastest. */
  readonly facts: Readonly<Record<string, string | number>>;
}

export type Request =
  | { readonly do: "prepare"; readonly job: Job }
  /** Runs the work `warm + iterations` times; the reply holds the milliseconds of the last `iterations`. */
  | { readonly do: "run"; readonly warm: number; readonly iterations: number };

export type Reply = { readonly ok: unknown } | { readonly error: string };
