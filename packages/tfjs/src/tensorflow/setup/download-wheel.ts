import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { lastLines, runCommand } from "./run-command.ts";
import { SetupError } from "./setup-error.ts";
import type { Wheel } from "./tensorflow-release.ts";

/** The command that runs pip, e.g. `["python3", "-m", "pip"]`. */
export type Pip = readonly [string, ...string[]];

const PIPS: readonly Pip[] = [["python3", "-m", "pip"], ["python", "-m", "pip"], ["pip3"], ["pip"]];

/** @throws SetupError  no Python with pip is in the PATH. */
export async function findPip(environment: NodeJS.ProcessEnv): Promise<Pip> {
  for (const pip of PIPS) {
    const [command, ...args] = pip;
    if ((await runCommand(command, [...args, "--version"], environment)).status === 0) return pip;
  }
  throw new SetupError(
    "pip was not found: TensorFlow's libraries come out of its Python package, and pip downloads it. Tried " +
      `${PIPS.map((pip) => `"${pip.join(" ")}"`).join(", ")}. Install it (Debian, Ubuntu: apt install python3-pip; ` +
      "Fedora: dnf install python3-pip) and run the set-up again. Python itself is not used for anything else.",
  );
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

/** Bytes in all the files of a folder, at any depth; files that vanish meanwhile count as empty. */
async function folderSize(folder: string): Promise<number> {
  let size = 0;
  for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
    const facts = await stat(join(folder, name)).catch(() => undefined);
    if (facts?.isFile()) size += facts.size;
  }
  return size;
}

/**
 * Downloads a wheel with pip, or takes the one that an earlier run left in the folder, and checks its SHA-256.
 *
 * @param onProgress  is told the part that is there, 0 to 1.
 * @returns path of the wheel.
 * @throws SetupError  pip fails, or the file is not the pinned one (it is removed then).
 */
export async function downloadWheel(
  wheel: Wheel,
  folder: string,
  pip: Pip,
  environment: NodeJS.ProcessEnv,
  onProgress: (fraction: number) => void,
): Promise<string> {
  const target = join(folder, wheel.file);
  const left = await stat(target).catch(() => undefined);
  if (left !== undefined) {
    if ((await sha256Of(target)) === wheel.sha256) return target;
    await rm(target);
  }
  const incoming = join(folder, "incoming");
  await rm(incoming, { recursive: true, force: true });
  await mkdir(join(incoming, "tmp"), { recursive: true });
  const [command, ...pipArgs] = pip;
  const args = ["download", `${wheel.project}==${wheel.version}`, "--no-deps", "--only-binary=:all:"];
  args.push("--python-version", "3.12", "--platform", wheel.platform);
  // Without pip's own cache, which the set-up could not remove again; temporary files go where space was checked for.
  args.push("--no-cache-dir", "--disable-pip-version-check", "--progress-bar", "off", "--dest", incoming);
  const watch = setInterval(() => {
    void folderSize(incoming).then((size) => onProgress(Math.min(1, size / wheel.size)));
  }, 300);
  const result = await runCommand(command, [...pipArgs, ...args], { ...environment, TMPDIR: join(incoming, "tmp") });
  clearInterval(watch);
  if (result.status !== 0) {
    throw new SetupError(
      `pip could not download ${wheel.project} ${wheel.version}; it says:\n${lastLines(result.output, 8)}\n` +
        "Check the network and the package index that pip uses (pip config list), and that pip is version 20.3 or later.",
      { file: wheel.file, actual: result.status },
    );
  }
  const received = join(incoming, wheel.file);
  if ((await stat(received).catch(() => undefined)) === undefined) {
    const files = (await readdir(incoming)).filter((name) => name !== "tmp");
    throw new SetupError(
      `pip downloaded ${files.map((name) => `"${name}"`).join(", ") || "nothing"} for ${wheel.project} ${wheel.version}, expected "${wheel.file}".`,
      { expected: wheel.file, actual: files },
    );
  }
  const sha256 = await sha256Of(received);
  if (sha256 !== wheel.sha256) {
    await rm(incoming, { recursive: true, force: true });
    throw new SetupError(
      `"${wheel.file}" has SHA-256 ${sha256}, expected ${wheel.sha256}: it is not the file that this version of mxgraft ` +
        "was made for, and was removed. Run the set-up again; if this repeats, the package index that pip uses gives another file.",
      { file: wheel.file, expected: wheel.sha256, actual: sha256 },
    );
  }
  await rename(received, target);
  await rm(incoming, { recursive: true, force: true });
  return target;
}
