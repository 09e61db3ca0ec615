import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import type { NativeOperators } from "../../../src/tensorflow/find-native-operators.ts";
import type { Machine } from "../../../src/tensorflow/setup/machine.ts";
import type { SetupOptions } from "../../../src/tensorflow/setup/set-up-tensorflow.ts";
import type { TensorflowRelease } from "../../../src/tensorflow/setup/tensorflow-release.ts";

const FILE = "tensorflow_cpu-9.9.9-cp312-cp312-manylinux_2_27_x86_64.whl";

const wheelBytes = zipSync({
  "tensorflow/libtensorflow_cc.so.2": strToU8("the library"),
  "tensorflow/libtensorflow_framework.so.2": strToU8("the framework"),
  "tensorflow/include/tensorflow/c/c_api.h": strToU8("// C API"),
  "tensorflow/python/much_else.py": strToU8("print()"),
  "tensorflow_cpu-9.9.9.dist-info/METADATA": strToU8("Name: tensorflow_cpu"),
});

const RELEASE: TensorflowRelease = {
  version: "9.9.9",
  flavour: "cpu",
  wheels: [
    {
      project: "tensorflow-cpu",
      version: "9.9.9",
      platform: "manylinux_2_27_x86_64",
      file: FILE,
      sha256: createHash("sha256").update(wheelBytes).digest("hex"),
      size: wheelBytes.length,
      unpackedSize: 32,
      folder: "tensorflow",
      keep: ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2", "include/"],
    },
  ],
};

/** Writes its arguments to the log; copies the served wheel to what follows `--dest`. */
const PYTHON = `#!/bin/sh
[ "$3" = --version ] && exit 0
echo "pip $*" >> "$LOG"
if [ -n "$PIP_FAILS" ]; then echo "ERROR: $PIP_FAILS" >&2; exit 1; fi
while [ "$1" != --dest ]; do shift; done
[ -n "$PIP_WAITS" ] && /bin/sleep "$PIP_WAITS"
/bin/cp "$WHEEL" "$2/$WHEEL_NAME"
`;

/** Writes its arguments to the log; makes what follows `-o`. */
const COMPILER = `#!/bin/sh
[ "$1" = --version ] && exit 0
echo "g++ $*" >> "$LOG"
case "$*" in *"$REFUSES"*) [ -n "$REFUSES" ] && { echo "$REFUSES:1: error: no" >&2; exit 1; };; esac
if [ -n "$COMPILER_FAILS" ]; then echo "binding.cc:1: error: $COMPILER_FAILS" >&2; exit 1; fi
while [ "$1" != -o ]; do shift; done
case "$2" in
  */compile-ptx) echo '#!/bin/sh
echo "compile-ptx $*" >> "$LOG"
echo code > "$4"' > "$2"; /bin/chmod +x "$2";;
  *) echo addon > "$2";;
esac
`;

/** A machine with a pip and a compiler that only pretend, and an empty tfjs-node-gpu to set up; all in one folder. */
export class FakeMachine {
  readonly folder = mkdtempSync(join(tmpdir(), "mxgraft-setup-"));
  readonly cache = join(this.folder, "cache");
  readonly tfjsNode = join(this.folder, "node_modules", "tfjs-node-gpu");
  readonly addon = join(this.tfjsNode, "lib", "napi-v8", "tfjs_binding.node");
  readonly wheelInCache = join(this.cache, "downloads", FILE);
  readonly installed = join(this.cache, "tensorflow-9.9.9-cpu", "tensorflow");
  readonly said: string[] = [];
  /** The native operators that the installed packages declare. */
  readonly operators: NativeOperators[] = [];
  readonly #programs = join(this.folder, "bin");
  readonly #log = join(this.folder, "log");
  #served = join(this.folder, "served.whl");

  constructor() {
    mkdirSync(this.#programs);
    mkdirSync(join(this.tfjsNode, "binding"), { recursive: true });
    writeFileSync(join(this.tfjsNode, "package.json"), JSON.stringify({ version: "4.22.0" }));
    writeFileSync(join(this.tfjsNode, "binding", "tfjs_backend.cc"), "// source");
    writeFileSync(this.#log, "");
    this.serve(wheelBytes);
    this.install("python3", PYTHON);
    this.install("g++", COMPILER);
  }

  install(program: string, script: string): void {
    writeFileSync(join(this.#programs, program), script);
    chmodSync(join(this.#programs, program), 0o755);
  }

  uninstall(program: string): void {
    rmSync(join(this.#programs, program));
  }

  /** What pip will download. */
  serve(bytes: Uint8Array): void {
    writeFileSync(this.#served, bytes);
  }

  /** Puts a wheel where a run that was ended after the download would leave it. */
  leaveWheel(bytes: Uint8Array = wheelBytes): void {
    mkdirSync(join(this.cache, "downloads"), { recursive: true });
    writeFileSync(this.wheelInCache, bytes);
  }

  /** Adds a package with native operators. */
  declare(name: string, source = "// source"): string {
    const folder = join(this.folder, "node_modules", `${name}-package`);
    mkdirSync(join(folder, "native"), { recursive: true });
    writeFileSync(join(folder, "native", `${name}.cc`), source);
    this.operators.push({ name, package: `${name}-package`, folder, sources: [`native/${name}.cc`] });
    return join(folder, "native", `${name}.cc`);
  }

  /** Where native operators are linked. */
  operatorsFile(name: string): string {
    return join(this.tfjsNode, "lib", "napi-v8", `mxgraft-${name}.node`);
  }

  /** Adds a CUDA file to the operators that `declare` added last. */
  declareCuda(): string {
    const operators = this.operators.pop();
    if (operators === undefined) throw new Error("no operators are declared");
    this.operators.push({ ...operators, cuda: "native/kernel.cu" });
    writeFileSync(join(operators.folder, "native", "kernel.cu"), "// CUDA");
    return join(operators.folder, "native", "kernel.cu");
  }

  /** Lines of what ran: each program with its arguments. */
  get commands(): string[] {
    return readFileSync(this.#log, "utf8").split("\n").slice(0, -1);
  }

  /** The programs that ran, the compiler once for each addon that it linked, e.g. `["pip", "g++", "g++"]`. */
  get ran(): string[] {
    return this.commands.filter((line) => !line.includes(" -c ")).map((line) => line.split(" ")[0] ?? "");
  }

  get isInstalled(): boolean {
    return existsSync(this.installed);
  }

  options(environment: Record<string, string> = {}, facts: Partial<Machine> = {}): SetupOptions {
    return {
      cache: this.cache,
      tfjsNode: this.tfjsNode,
      release: RELEASE,
      operators: this.operators,
      check: async () => ({ version: "9.9.9", device: "CPU", milliseconds: 1 }),
      progress: { begin() {}, advance() {}, end() {}, say: (line) => this.said.push(line) },
      machine: {
        platform: "linux",
        architecture: "x64",
        glibc: "2.36",
        hasAvx: true,
        environment: {
          PATH: this.#programs,
          LOG: this.#log,
          WHEEL: this.#served,
          WHEEL_NAME: FILE,
          ...environment,
        },
        freeBytes: async () => 1e12,
        ...facts,
      },
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
