import { existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { SetupError } from "./setup-error.ts";

/** What the set-up asks of the machine; tests give another one. */
export interface Machine {
  readonly platform: string;
  readonly architecture: string;
  /** Version of the GNU C library; `undefined` where the C library is another one. */
  readonly glibc: string | undefined;
  /** Whether the processor has AVX, without which TensorFlow's wheels end with an illegal instruction. */
  readonly hasAvx: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Bytes that can still be written to the disk of a folder. */
  freeBytes(folder: string): Promise<number>;
}

function glibcVersion(): string | undefined {
  const report: unknown = process.report?.getReport();
  if (typeof report !== "object" || report === null || !("header" in report)) return undefined;
  const header = report.header;
  if (typeof header !== "object" || header === null || !("glibcVersionRuntime" in header)) return undefined;
  return typeof header.glibcVersionRuntime === "string" ? header.glibcVersionRuntime : undefined;
}

function processorHasAvx(): boolean {
  // Where the file is missing nothing can be said; TensorFlow then reports for itself.
  if (!existsSync("/proc/cpuinfo")) return true;
  return readFileSync("/proc/cpuinfo", "utf8").split(/\s+/).includes("avx");
}

/** The machine that this runs on. */
export function thisMachine(): Machine {
  const linux = process.platform === "linux";
  return {
    platform: process.platform,
    architecture: process.arch,
    glibc: linux ? glibcVersion() : undefined,
    hasAvx: linux ? processorHasAvx() : true,
    environment: process.env,
    async freeBytes(folder) {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  };
}

/** TensorFlow's wheels carry the tag manylinux_2_27. */
const OLDEST_GLIBC = [2, 27] as const;

/** @throws SetupError  TensorFlow's wheels do not run on this machine. */
export function checkMachine(machine: Machine): void {
  const instead = 'Use another backend here: "wasm" needs no set-up.';
  if (machine.platform !== "linux" || machine.architecture !== "x64") {
    throw new SetupError(
      `The native TensorFlow backend can be set up on linux x64 only; this is ${machine.platform} ${machine.architecture}. ${instead}`,
      { expected: "linux x64", actual: `${machine.platform} ${machine.architecture}` },
    );
  }
  const [major = 0, minor = 0] = (machine.glibc ?? "").split(".").map(Number);
  if (major < OLDEST_GLIBC[0] || (major === OLDEST_GLIBC[0] && minor < OLDEST_GLIBC[1])) {
    throw new SetupError(
      `The native TensorFlow backend needs the GNU C library ${OLDEST_GLIBC.join(".")} or later; this system has ${machine.glibc ?? "another C library (musl?)"}. ${instead}`,
      { expected: OLDEST_GLIBC.join("."), actual: machine.glibc },
    );
  }
  if (!machine.hasAvx) {
    throw new SetupError(`The native TensorFlow backend needs a processor with AVX; this one has none. ${instead}`);
  }
}
