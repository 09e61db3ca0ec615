import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { FileError, FormatError, float32Array, hostArray } from "@mxgraft/base";
import type { StoredArray } from "@mxgraft/files";
import {
  loadNpy,
  loadParams,
  readFile,
  saveNpy,
  saveParams,
  saveStates,
  writeFileAtomically,
} from "@mxgraft/files/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder = "";
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "mxgraft-files-"));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const OLD = new TextEncoder().encode("the old content");

/** A folder with one file in it, and the path of that file. */
function folderWithFile(): { inside: string; file: string } {
  const inside = fs.mkdtempSync(path.join(folder, "case-"));
  const file = path.join(inside, "model-0001.params");
  fs.writeFileSync(file, OLD);
  return { inside, file };
}

function caught(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("atomic writing", () => {
  test("replaces the content, keeps the mode, leaves nothing else", () => {
    const { inside, file } = folderWithFile();
    fs.chmodSync(file, 0o640);
    writeFileAtomically(file, Uint8Array.of(1, 2, 3));
    expect([...fs.readFileSync(file)]).toEqual([1, 2, 3]);
    expect(fs.statSync(file).mode & 0o777).toBe(0o640);
    expect(fs.readdirSync(inside)).toEqual(["model-0001.params"]);
  });

  test("writes through a symbolic link", () => {
    const { inside, file } = folderWithFile();
    const link = path.join(inside, "latest.params");
    fs.symlinkSync(file, link);
    writeFileAtomically(link, Uint8Array.of(7));
    expect([...fs.readFileSync(file)]).toEqual([7]);
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
  });

  test.for([
    {
      name: "a folder that is not there",
      target: (inside: string) => path.join(inside, "none", "x.params"),
      reason: "there is no such file or folder. Check the path.",
    },
    { name: "a folder as the file", target: (inside: string) => inside, reason: "it is a folder. Name a file in it." },
    {
      name: "a file as the folder",
      target: (inside: string) => path.join(inside, "model-0001.params", "x"),
      reason: "a part of the path is a file, not a folder. Check the path.",
    },
  ])("$name is an error that says what to do", ({ target, reason }) => {
    const { inside } = folderWithFile();
    const file = target(inside);
    const error = caught(() => saveParams(file, new Map([["arg:a", float32Array([1])]])));
    expect(error).toBeInstanceOf(FileError);
    expect(error).toMatchObject({ facts: { file }, message: expect.stringContaining(`Cannot write "${file}"`) });
    expect(error).toMatchObject({ message: expect.stringContaining(reason) });
    expect(fs.readdirSync(inside)).toEqual(["model-0001.params"]);
  });

  /** What the child printed: the error of writing a million bytes to a file. */
  function writeInChild(file: string, shell: string, options: { uid?: number; gid?: number } = {}): unknown {
    const script = path.join(import.meta.dirname, "write-in-child.ts");
    const node = [
      process.execPath,
      "--conditions=@mxgraft/source",
      "--import",
      import.meta.resolve("tsx"),
      script,
      file,
    ];
    const env = { ...process.env, TSX_DISABLE_CACHE: "1" };
    return JSON.parse(execFileSync("bash", ["-c", shell, ...node], { encoding: "utf8", env, ...options }));
  }

  function unchanged(file: string, reason: string) {
    const message = `Cannot write "${file}" (1000000 bytes): ${reason} What was there before is unchanged.`;
    return { name: "FileError", file, message };
  }

  test("a size limit leaves the old file whole and no other behind", () => {
    const { inside, file } = folderWithFile();
    // In blocks of 1024 bytes.
    expect(writeInChild(file, 'ulimit -f 64; exec "$0" "$@"')).toEqual(
      unchanged(
        file,
        "the file would be larger than the limit on file sizes. Raise it (ulimit -f), or use another folder.",
      ),
    );
    expect(fs.readFileSync(file)).toEqual(Buffer.from(OLD));
    expect(fs.readdirSync(inside)).toEqual(["model-0001.params"]);
  });

  test("an unwritable folder leaves the old file whole", () => {
    const { inside, file } = folderWithFile();
    // Root may write anywhere, so the child is somebody else.
    const root = process.getuid?.() === 0;
    fs.chmodSync(folder, 0o755);
    fs.chmodSync(inside, 0o555);
    expect(writeInChild(file, 'exec "$0" "$@"', root ? { uid: 65534, gid: 65534 } : {})).toEqual(
      unchanged(file, "permission denied. Change the permissions, or use another folder."),
    );
    fs.chmodSync(inside, 0o755);
    expect(fs.readFileSync(file)).toEqual(Buffer.from(OLD));
  });

  const canMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", os.tmpdir()]).status === 0;
  test.skipIf(!canMount)("a full disk leaves the old file whole and no other behind", () => {
    const { inside, file } = folderWithFile();
    // A file system of 64 kB over the folder, which only this process sees.
    const shell = [
      "set -e",
      `mount -t tmpfs -o size=64k tmpfs '${inside}'`,
      `printf old > '${file}'`,
      '"$@"',
      `test "$(cat '${file}')" = old`,
      `test "$(ls -A '${inside}')" = model-0001.params`,
    ].join("\n");
    const script = path.join(inside, "..", `${path.basename(inside)}.sh`);
    fs.writeFileSync(script, shell);
    expect(writeInChild(file, `exec unshare -rm bash '${script}' "$0" "$@"`)).toEqual(
      unchanged(file, "no space is left on the device. Free some, or use another folder."),
    );
  });
});

describe("reading", () => {
  test.for([
    {
      name: "a missing file",
      target: (inside: string) => path.join(inside, "none.params"),
      reason: "there is no such file or folder. Check the path.",
    },
    { name: "a folder", target: (inside: string) => inside, reason: "it is a folder." },
  ])("$name is an error that names it", ({ target, reason }) => {
    const { inside } = folderWithFile();
    const file = target(inside);
    expect(() => loadParams(file)).toThrow(new FileError(`Cannot read "${file}": ${reason}`, { file }));
  });

  test("errors about the content name the file", () => {
    const { file } = folderWithFile();
    expect(caught(() => loadParams(file))).toMatchObject({ facts: { file, byte: 0 } });
    expect(() => loadParams(file)).toThrow(FormatError);
  });

  test("gives back what was saved", () => {
    const { inside } = folderWithFile();
    const file = path.join(inside, "x.npy");
    saveNpy(file, hostArray("int64", [2], BigInt64Array.of(-1n, 2n ** 60n)));
    expect(loadNpy(file)).toEqual(hostArray("int64", [2], BigInt64Array.of(-1n, 2n ** 60n)));
    expect(readFile(file).length).toBe(128 + 16);
  });

  test.skipIf(process.platform !== "linux")("reads what has no size of its own", () => {
    expect(readFile("/proc/self/cmdline").length).toBeGreaterThan(0);
  });
});

// Needs a Python with MXNet 1.9.1 (Python 3.8, numpy<1.24); named by MXGRAFT_MXNET_PYTHON.
const python = process.env.MXGRAFT_MXNET_PYTHON;
describe.skipIf(python === undefined)("MXNet itself (MXGRAFT_MXNET_PYTHON names a Python that has it)", () => {
  const run = (code: string, ...args: string[]): unknown =>
    JSON.parse(
      execFileSync(python ?? "", ["-c", code, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );

  test("loads the arrays that we write", () => {
    const { file } = folderWithFile();
    const indices = hostArray("int64", [1], BigInt64Array.of(2n));
    const sparse = {
      stype: "row_sparse",
      dtype: "float32",
      shape: [3, 2],
      data: float32Array([1, 2], [5, 6]),
      indices,
    } as const;
    saveParams(
      file,
      new Map<string, StoredArray>([
        ["arg:a", float32Array([2, 2], [1, 2, 3, 4])],
        ["aux:b", hostArray("int8", [2], Int8Array.of(-1, 5))],
        ["arg:rows", sparse],
      ]),
    );
    const code = `import sys, json, mxnet as mx
print(json.dumps({k: [v.stype, v.dtype.__name__, v.asnumpy().tolist()] for k, v in mx.nd.load(sys.argv[1]).items()}))`;
    expect(run(code, file)).toEqual({
      "arg:a": [
        "default",
        "float32",
        [
          [1, 2],
          [3, 4],
        ],
      ],
      "aux:b": ["default", "int8", [-1, 5]],
      "arg:rows": [
        "row_sparse",
        "float32",
        [
          [0, 0],
          [0, 0],
          [5, 6],
        ],
      ],
    });
  });

  test("loads the optimizer states that we write", () => {
    const { file } = folderWithFile();
    saveStates(
      file,
      new Map([
        [0, [float32Array([2], [1, 2]), float32Array([2], [3, 4])]],
        [1, null],
      ]),
    );
    const code = `import sys, json, mxnet as mx
u = mx.optimizer.get_updater(mx.optimizer.Adam()); u.set_states(open(sys.argv[1], 'rb').read())
print(json.dumps([type(u.states[0]).__name__, [s.asnumpy().tolist() for s in u.states[0]], u.states[1]]))`;
    expect(run(code, file)).toEqual([
      "tuple",
      [
        [1, 2],
        [3, 4],
      ],
      null,
    ]);
  });
});
