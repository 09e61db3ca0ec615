import type { BackendName } from "@mxgraft/tfjs";
import type { PeerName } from "../peers/peers.ts";
import type { Tolerance } from "../run/check-agreement.ts";
import type { Settings } from "../run/protocol.ts";

/** Somebody who does the same work, and how much faster we mean to be. */
export interface Rival {
  readonly peer: PeerName;
  /** How the peer is called in results; by default its own title. */
  readonly label?: string;
  /** Besides the settings of the case, or instead of them. */
  readonly settings?: Settings;
  /**
   * Their time through ours has to be at least this; with `atMost`, our time through theirs at most this. Holds on the
   * backend "tensorflow", and on the one that the case chooses.
   */
  readonly target?: number;
  readonly atMost?: boolean;
  /** The one backend on which the comparison makes sense; by default any. */
  readonly onlyOn?: BackendName;
  /** Of each checked list, how many numbers from the start must agree; all by default. */
  readonly checked?: number;
  readonly tolerance?: Tolerance;
}

/** A piece of work that is measured. */
export interface BenchCase {
  /** What the command line calls it. */
  readonly name: string;
  readonly title: string;
  /** What workers call it. */
  readonly work: string;
  readonly settings: Settings;
  /** Time in turns, or the most memory that it takes against what it may take. */
  readonly measure: "time" | "memory";
  readonly rivals: readonly Rival[];
  /** What the machine has to do at least for one iteration; gives the limit. */
  readonly cost?: Cost;
  /** Memory that it needs, in bytes, where that is much. */
  readonly memory?: number;
  /** Writes `inputs.npz` and what else the work reads into an empty folder. */
  write(folder: string): Promise<void>;
}

export interface Cost {
  /** Multiplications and additions in 32-bit numbers. */
  readonly flops: number;
  /** Bytes that have to be read or written. */
  readonly bytes: number;
}
