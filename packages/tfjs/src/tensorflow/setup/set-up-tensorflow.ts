import { mkdir, readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { MxgraftError } from "@mxgraft/base";
import { findNativeOperators, type NativeOperators } from "../find-native-operators.ts";
import { addonPath, addonState, TFJS_NODE, tfjsNodeFolder, tfjsNodeVersion } from "../tfjs-node-package.ts";
import { backendAddons, buildAddon, findCompiler, recipeHash } from "./build-addon.ts";
import { cacheFolder } from "./cache-folder.ts";
import { checkTensorflow, type TensorflowCheck } from "./check-tensorflow.ts";
import { downloadWheel, findPip } from "./download-wheel.ts";
import { withFolderLock } from "./folder-lock.ts";
import { linkAddon, unlinkAddons } from "./link-addon.ts";
import { checkMachine, type Machine, thisMachine } from "./machine.ts";
import { type OperatorsResult, setUpOperators } from "./set-up-operators.ts";
import { SetupError } from "./setup-error.ts";
import { type SetupProgress, SILENT } from "./setup-progress.ts";
import { CPU_RELEASE, GPU_RELEASE, type TensorflowRelease, type Wheel } from "./tensorflow-release.ts";
import { unpackWheel } from "./unpack-wheel.ts";
import { isWhole, makeWhole } from "./whole-folder.ts";

export interface SetupOptions {
  /** Take the TensorFlow for NVIDIA's GPUs, with its CUDA libraries. */
  readonly gpu?: boolean;
  readonly progress?: SetupProgress;
  /** Where the files live; `cacheFolder()` when left out. */
  readonly cache?: string;
  /** Folder of the tfjs-node-gpu to link into; the one that mxgraft uses when left out. */
  readonly tfjsNode?: string;
  readonly machine?: Machine;
  readonly release?: TensorflowRelease;
  /** What to build beside the backend itself; all that installed packages declare when left out. */
  readonly operators?: readonly NativeOperators[];
  /** The last step; tests give another one. */
  readonly check?: (operators: readonly string[]) => Promise<TensorflowCheck>;
}

export interface SetupResult extends Omit<TensorflowCheck, "refused"> {
  /** Folder of the libraries, headers and addons. */
  readonly folder: string;
  /** Whether anything had to be done. */
  readonly changed: boolean;
  /** The native operators of packages. One that cannot be built or loaded is no failure of the set-up. */
  readonly operators: readonly OperatorsResult[];
}

/** Beyond the wheels: the addon, rounding up to blocks, and some air. */
const SPARE_BYTES = 300_000_000;

/** Where one flavour of TensorFlow lives: `tensorflow/` and `nvidia/*` as in site-packages, and `addons/*`. */
function releaseFolder(cache: string, release: TensorflowRelease): string {
  return join(cache, `tensorflow-${release.version}-${release.flavour}`);
}

function megabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}

async function checkSpace(machine: Machine, cache: string, missing: readonly Wheel[]): Promise<void> {
  const unpacked = missing.reduce((sum, wheel) => sum + wheel.unpackedSize, 0);
  // Wheels are removed one by one as they are unpacked. pip writes a wheel to its temporary folder and copies it.
  const largest = Math.max(...missing.map((wheel) => wheel.size));
  const needed = unpacked + 2 * largest + SPARE_BYTES;
  const free = await machine.freeBytes(cache);
  if (free < needed) {
    throw new SetupError(
      `"${cache}" is on a disk with ${megabytes(free)} free; the set-up needs ${megabytes(needed)}. Free some space, or ` +
        "choose another place with the variable MXGRAFT_CACHE.",
      { file: cache, expected: needed, actual: free },
    );
  }
}

function findTfjsNode(options: SetupOptions): string {
  const folder = options.tfjsNode ?? tfjsNodeFolder();
  if (folder !== undefined) return folder;
  throw new SetupError(
    `${TFJS_NODE} is not installed. Install it beside mxgraft without its install script, which would download an old ` +
      `TensorFlow: npm install --ignore-scripts ${TFJS_NODE}@4.22.0`,
  );
}

/** Says in our words what the system says when the disk is full or not writable. */
function asSetupError(error: unknown, cache: string): unknown {
  if (error instanceof MxgraftError || !(error instanceof Error) || !("code" in error)) return error;
  const reasons: Record<string, string> = {
    ENOSPC: `The disk of "${cache}" is full. Free some space and run the set-up again; it goes on where it stopped.`,
    EACCES: `"${cache}" cannot be written to: ${error.message}. Choose another place with the variable MXGRAFT_CACHE.`,
    EROFS: `"${cache}" is on a read-only disk. Choose another place with the variable MXGRAFT_CACHE.`,
  };
  const reason = reasons[String(error.code)];
  return reason === undefined ? error : new SetupError(reason, { file: cache }, { cause: error });
}

async function fetchWheels(
  release: TensorflowRelease,
  cache: string,
  machine: Machine,
  progress: SetupProgress,
): Promise<boolean> {
  const folder = releaseFolder(cache, release);
  const missing: Wheel[] = [];
  for (const wheel of release.wheels) if (!(await isWhole(join(folder, wheel.folder)))) missing.push(wheel);
  if (missing.length === 0) return false;
  const pip = await findPip(machine.environment);
  await checkSpace(machine, cache, missing);
  const downloads = join(cache, "downloads");
  await mkdir(downloads, { recursive: true });
  for (const wheel of missing) {
    const name = `${wheel.project} ${wheel.version}`;
    progress.begin(`Downloading ${name}`);
    const file = await downloadWheel(wheel, downloads, pip, machine.environment, progress.advance);
    progress.end(`${megabytes(wheel.size)}, SHA-256 as expected`);
    progress.begin(`Unpacking ${name}`);
    await makeWhole(join(folder, wheel.folder), (partial) => unpackWheel(file, wheel, partial, progress.advance));
    await rm(file);
    progress.end(megabytes(wheel.unpackedSize));
  }
  await rm(downloads, { recursive: true, force: true });
  return true;
}

/**
 * Adds the native TensorFlow backend to an installed mxgraft: fetches TensorFlow's libraries out of its Python package,
 * builds the addon of tfjs-node-gpu against them, links it into node_modules, and checks it by running. What is there
 * already is not done again, so a run that was interrupted goes on at the step where it stopped.
 *
 * @throws SetupError  something on this machine is missing or in the way; the message says what to do.
 */
export async function setUpTensorflow(options: SetupOptions = {}): Promise<SetupResult> {
  const { progress = SILENT, machine = thisMachine(), check = checkTensorflow } = options;
  const release = options.release ?? (options.gpu ? GPU_RELEASE : CPU_RELEASE);
  checkMachine(machine);
  const tfjsNode = findTfjsNode(options);
  const cache = options.cache ?? cacheFolder(machine.environment);
  const folder = releaseFolder(cache, release);
  const parts = backendAddons(tfjsNode);
  const addons = join(folder, "addons", `tfjs-node-gpu-${tfjsNodeVersion(tfjsNode)}-${await recipeHash(parts)}`);

  const work = async () => {
    // A compiler that is missing is said before a long download, not after it.
    const compiler = (await isWhole(addons)) ? undefined : await findCompiler(machine.environment);
    const unpacked = await fetchWheels(release, cache, machine, progress);
    let changed = unpacked;
    if (changed || compiler !== undefined) {
      const command = compiler ?? (await findCompiler(machine.environment));
      progress.begin(`Compiling the addon of tfjs-node-gpu with ${command}`);
      await makeWhole(addons, async (partial) => {
        for (const part of parts) {
          await buildAddon(part, command, folder, partial, machine.environment);
        }
      });
      progress.end("done");
      changed = true;
    }
    const before = addonState(tfjsNode);
    if (await linkAddon(addonPath(tfjsNode), join(addons, "tfjs_binding.node"))) {
      const foreign = before.state === "present" && !before.file.startsWith(join(cache, "/"));
      const replaced = foreign ? ` in place of "${before.file}"` : "";
      progress.say(`Linked into ${addonPath(tfjsNode)}${replaced}`);
      changed = true;
    }
    const operators = await setUpOperators(options.operators ?? findNativeOperators(), {
      tfjsNode,
      release: folder,
      anew: unpacked,
      environment: machine.environment,
      progress,
    });
    return { changed: changed || operators.some((result) => result.changed), operators };
  };

  try {
    const done = await withFolderLock(
      cache,
      (pid) => progress.say(`Another set-up (process ${pid}) is at work in "${cache}"; waiting for it.`),
      work,
    );
    const built = done.operators.map(({ result }) => result);
    const { refused = {}, ...facts } = await check(
      built.filter(({ reason }) => reason === undefined).map(({ name }) => name),
    );
    const operators = built.map((result) => {
      const reason = refused[result.name];
      return reason === undefined ? result : { ...result, reason };
    });
    return { folder, changed: done.changed, ...facts, operators };
  } catch (error) {
    throw asSetupError(error, cache);
  }
}

/**
 * Takes the native backend away again: the link in node_modules and everything that `setUpTensorflow` put into the
 * cache folder, of every version and flavour. Links of other projects that share the cache then lead nowhere, which
 * their `doctor` says.
 *
 * @returns what was removed: folders, and the link.
 */
export async function removeTensorflow(
  options: Pick<SetupOptions, "cache" | "tfjsNode" | "progress"> = {},
): Promise<string[]> {
  const cache = options.cache ?? cacheFolder();
  const tfjsNode = options.tfjsNode ?? tfjsNodeFolder();
  const removed: string[] = [];
  if (tfjsNode !== undefined) removed.push(...(await unlinkAddons(tfjsNode, cache)));
  const present = await readdir(cache).catch(() => undefined);
  if (present === undefined) return removed;
  const wait = (pid: string) => options.progress?.say(`A set-up (process ${pid}) is at work in "${cache}"; waiting.`);
  try {
    await withFolderLock(cache, wait, async () => {
      for (const name of await readdir(cache)) {
        if (!name.startsWith("tensorflow-") && name !== "downloads") continue;
        await rm(join(cache, name), { recursive: true });
        removed.push(join(cache, name));
      }
    });
    // Other things may live in the folder; then it stays.
    await rmdir(cache).catch(() => undefined);
  } catch (error) {
    throw asSetupError(error, cache);
  }
  return removed;
}
