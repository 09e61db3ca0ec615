import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { strToU8 } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Machine } from "../../../src/tensorflow/setup/machine.ts";
import { removeTensorflow, setUpTensorflow } from "../../../src/tensorflow/setup/set-up-tensorflow.ts";
import { SetupError } from "../../../src/tensorflow/setup/setup-error.ts";
import { FakeMachine } from "./fake-machine.ts";

let fake: FakeMachine;
beforeEach(() => {
  fake = new FakeMachine();
});
afterEach(() => fake.remove());

/** The message of the SetupError that a set-up ends with. */
async function messageOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SetupError);
  return error instanceof Error ? error.message : "";
}

describe("setting up", () => {
  test("takes the libraries and headers out of the wheel, builds and links", async () => {
    const result = await setUpTensorflow(fake.options());
    expect(result).toMatchObject({ changed: true, version: "9.9.9", folder: dirname(fake.installed) });
    expect(readdirSync(fake.installed).sort()).toEqual([
      ".whole.json",
      "include",
      "libtensorflow_cc.so.2",
      "libtensorflow_framework.so.2",
    ]);
    expect(readFileSync(join(fake.installed, "libtensorflow_cc.so.2"), "utf8")).toBe("the library");
    expect(readFileSync(join(fake.installed, "include/tensorflow/c/c_api.h"), "utf8")).toBe("// C API");
    expect(readFileSync(fake.addon, "utf8")).toBe("addon\n");
    expect(fake.ran).toEqual(["pip", "g++", "g++"]);
  });

  test("leaves no wheel, no temporary folder and no lock behind", async () => {
    await setUpTensorflow(fake.options());
    expect(readdirSync(fake.cache)).toEqual(["tensorflow-9.9.9-cpu"]);
    expect(readdirSync(dirname(fake.installed)).sort()).toEqual(["addons", "tensorflow"]);
  });

  test("does nothing the second time, and then needs neither pip nor compiler", async () => {
    await setUpTensorflow(fake.options());
    fake.uninstall("python3");
    fake.uninstall("g++");
    expect(await setUpTensorflow(fake.options())).toMatchObject({ changed: false });
    expect(fake.ran).toEqual(["pip", "g++", "g++"]);
  });

  test("only links after a fresh npm ci", async () => {
    await setUpTensorflow(fake.options());
    rmSync(dirname(fake.addon), { recursive: true });
    expect(await setUpTensorflow(fake.options())).toMatchObject({ changed: true });
    expect(existsSync(fake.addon)).toBe(true);
    expect(fake.ran).toEqual(["pip", "g++", "g++"]);
  });

  test("says when it replaces an addon of another build", async () => {
    mkdirSync(dirname(fake.addon), { recursive: true });
    writeFileSync(fake.addon, "stock");
    await setUpTensorflow(fake.options());
    expect(lstatSync(fake.addon).isSymbolicLink()).toBe(true);
    expect(fake.said).toEqual([`Linked into ${fake.addon} in place of "${fake.addon}"`]);
  });

  test("builds anew when the source of the addon is another one", async () => {
    await setUpTensorflow(fake.options());
    const before = readlinkSync(fake.addon);
    writeFileSync(join(fake.tfjsNode, "binding", "tfjs_backend.cc"), "// another source");
    await setUpTensorflow(fake.options());
    expect(readlinkSync(fake.addon)).not.toBe(before);
    expect(fake.ran).toEqual(["pip", "g++", "g++", "g++", "g++"]);
  });
});

describe("after an interruption", () => {
  test("a half unpacked wheel is unpacked again, and not downloaded again", async () => {
    fake.leaveWheel();
    mkdirSync(`${fake.installed}.partial`, { recursive: true });
    writeFileSync(join(`${fake.installed}.partial`, "libtensorflow_cc.so.2"), "the li");
    await setUpTensorflow(fake.options());
    expect(fake.ran).toEqual(["g++", "g++"]);
    expect(readFileSync(join(fake.installed, "libtensorflow_cc.so.2"), "utf8")).toBe("the library");
  });

  test("a folder without its marker is not taken for whole", async () => {
    mkdirSync(fake.installed, { recursive: true });
    writeFileSync(join(fake.installed, "libtensorflow_cc.so.2"), "the library");
    await setUpTensorflow(fake.options());
    expect(fake.ran).toEqual(["pip", "g++", "g++"]);
  });

  test("a damaged wheel is downloaded again", async () => {
    fake.leaveWheel(strToU8("PK damaged"));
    await setUpTensorflow(fake.options());
    expect(fake.ran).toEqual(["pip", "g++", "g++"]);
  });

  test("a library that was cut short afterwards is fetched and the addon built again", async () => {
    await setUpTensorflow(fake.options());
    truncateSync(join(fake.installed, "libtensorflow_cc.so.2"), 3);
    expect(await setUpTensorflow(fake.options())).toMatchObject({ changed: true });
    expect(readFileSync(join(fake.installed, "libtensorflow_cc.so.2"), "utf8")).toBe("the library");
    expect(fake.ran).toEqual(["pip", "g++", "g++", "pip", "g++", "g++"]);
  });

  test("a failed compilation does not cost another download", async () => {
    await messageOf(setUpTensorflow(fake.options({ COMPILER_FAILS: "no such thing" })));
    expect(existsSync(fake.addon)).toBe(false);
    await setUpTensorflow(fake.options());
    expect(fake.ran).toEqual(["pip", "g++", "g++"]);
  });

  test("the lock of a process that was killed is taken over", async () => {
    mkdirSync(fake.cache);
    // The highest process id on Linux is 4194304.
    writeFileSync(join(fake.cache, "lock"), `4999999 ${hostname()}`);
    expect(await setUpTensorflow(fake.options())).toMatchObject({ changed: true });
  });
});

test("of two runs at the same time one waits and then finds all there", async () => {
  const runs = await Promise.all([
    setUpTensorflow(fake.options({ PIP_WAITS: "0.3" })),
    setUpTensorflow(fake.options({ PIP_WAITS: "0.3" })),
  ]);
  expect(runs.map(({ changed }) => changed).sort()).toEqual([false, true]);
  expect(fake.ran).toEqual(["pip", "g++", "g++"]);
});

interface Refusal {
  readonly name: string;
  readonly facts?: Partial<Machine>;
  readonly environment?: Record<string, string>;
  readonly prepare?: () => void;
  readonly message: readonly string[];
  readonly ran: readonly string[];
}

const refusals: readonly Refusal[] = [
  {
    name: "another operating system",
    facts: { platform: "darwin", architecture: "arm64" },
    message: ["linux x64 only; this is darwin arm64", '"wasm" needs no set-up'],
    ran: [],
  },
  {
    name: "another processor",
    facts: { architecture: "arm64" },
    message: ["linux x64 only; this is linux arm64"],
    ran: [],
  },
  {
    name: "an old C library",
    facts: { glibc: "2.17" },
    message: ["GNU C library 2.27 or later; this system has 2.17"],
    ran: [],
  },
  {
    name: "a C library that is not GNU's",
    facts: { glibc: undefined },
    message: ["this system has another C library"],
    ran: [],
  },
  { name: "a processor without AVX", facts: { hasAvx: false }, message: ["a processor with AVX"], ran: [] },
  {
    name: "no compiler, before anything is downloaded",
    prepare: () => fake.uninstall("g++"),
    message: ["A C++ compiler was not found", '"g++", "c++", "clang++"', "apt install g++"],
    ran: [],
  },
  {
    name: "a compiler named by CXX that is not there",
    environment: { CXX: "g++-99" },
    message: ['tried "g++-99" (from the variable CXX)'],
    ran: [],
  },
  {
    name: "no pip",
    prepare: () => fake.uninstall("python3"),
    message: ["pip was not found", '"python3 -m pip"', "apt install python3-pip"],
    ran: [],
  },
  {
    name: "too little space",
    facts: { freeBytes: async () => 200e6 },
    message: ["200 MB free; the set-up needs 300 MB", "MXGRAFT_CACHE"],
    ran: [],
  },
  {
    name: "a download that fails",
    environment: { PIP_FAILS: "No matching distribution found" },
    message: ["pip could not download tensorflow-cpu 9.9.9", "  ERROR: No matching distribution found", "pip config"],
    ran: ["pip"],
  },
  {
    name: "another file than expected",
    environment: { WHEEL_NAME: "tensorflow_cpu-9.9.8.whl" },
    message: ['pip downloaded "tensorflow_cpu-9.9.8.whl"', 'expected "tensorflow_cpu-9.9.9-cp312'],
    ran: ["pip"],
  },
  {
    name: "a wheel with another hash",
    prepare: () => fake.serve(strToU8("PK something else")),
    message: ["has SHA-256", "and was removed", "the package index that pip uses gives another file"],
    ran: ["pip"],
  },
  {
    name: "a compilation that fails",
    environment: { COMPILER_FAILS: "expected ';'" },
    message: ['"g++" could not compile "', '" of the addon "tfjs_binding"', "  binding.cc:1: error: expected ';'"],
    ran: ["pip"],
  },
  {
    name: "a node_modules folder that cannot be written to",
    prepare: () => writeFileSync(join(fake.tfjsNode, "lib"), "a file where a folder should be"),
    message: ["Cannot link the addon into"],
    ran: ["pip", "g++", "g++"],
  },
];

describe("refuses", () => {
  test.for(refusals)("$name", async ({ facts, environment, prepare, message, ran }) => {
    prepare?.();
    const text = await messageOf(setUpTensorflow(fake.options(environment, facts)));
    for (const part of message) expect(text).toContain(part);
    expect(fake.ran).toEqual(ran);
    // Nothing is left that a later run would take for whole, and nobody is locked out.
    expect(existsSync(fake.addon)).toBe(false);
    expect(existsSync(join(fake.cache, "lock"))).toBe(false);
  });

  test("a wheel with another hash is neither kept nor unpacked", async () => {
    fake.serve(strToU8("PK something else"));
    await messageOf(setUpTensorflow(fake.options()));
    expect(fake.isInstalled).toBe(false);
    expect(existsSync(fake.wheelInCache)).toBe(false);
    expect(readdirSync(join(fake.cache, "downloads"))).toEqual([]);
  });
});

describe("removing", () => {
  test("takes away the files and the link, and says which", async () => {
    await setUpTensorflow(fake.options());
    const removed = await removeTensorflow(fake.options());
    expect(removed).toEqual([fake.addon, join(fake.cache, "tensorflow-9.9.9-cpu")]);
    expect(existsSync(fake.cache)).toBe(false);
    expect(existsSync(fake.addon)).toBe(false);
  });

  test("has nothing to do where nothing was set up", async () => {
    expect(await removeTensorflow(fake.options())).toEqual([]);
    expect(existsSync(fake.cache)).toBe(false);
  });

  test("leaves other files of the cache folder and addons of other builds", async () => {
    await setUpTensorflow(fake.options());
    writeFileSync(join(fake.cache, "other"), "");
    rmSync(fake.addon);
    symlinkSync("/somewhere/else/tfjs_binding.node", fake.addon);
    await removeTensorflow(fake.options());
    expect(readdirSync(fake.cache)).toEqual(["other"]);
    expect(readlinkSync(fake.addon)).toBe("/somewhere/else/tfjs_binding.node");
  });
});
