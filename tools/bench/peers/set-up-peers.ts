import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { peersFolder } from "./peers-folder.ts";

/** What a peer needs and how it comes into the cache folder. */
interface Recipe {
  readonly name: string;
  /** What is there once it is done, below the folder. */
  readonly proof: string;
  /** The variable that makes the recipe superfluous. */
  readonly variable?: string;
  /** Installs into `folder`, which is new and empty. */
  install(folder: string, run: Run): Promise<void>;
}

/** Runs a program to its end; throws when it fails. */
type Run = (command: string, ...args: string[]) => Promise<void>;

/** Newest versions when this was written; results name the version that was measured. */
const VERSIONS = { torch: "2.15.0", onnxruntime: "1.30.0" };

const PIP = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet"];

/** Where pyenv keeps a Python 3.8: its `python3.8` answers only where that version is chosen. */
function pyenvPythons(environment = process.env): string[] {
  const versions = join(environment.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions");
  if (!existsSync(versions)) return [];
  const own = readdirSync(versions).filter((version) => version.startsWith("3.8."));
  return own.map((version) => join(versions, version, "bin", "python3.8"));
}

/** MXNet 1.9.1 has no wheels for later versions of Python. */
async function python38(run: Run): Promise<string> {
  for (const name of ["python3.8", "python3", ...pyenvPythons()]) {
    const found = await run(name, "-c", "import sys; sys.exit(sys.version_info[:2] != (3, 8))").catch(() => "no");
    if (found !== "no") return name;
  }
  throw new Error(
    "MXNet 1.9.1 needs Python 3.8, and there is none: install one, with pyenv for instance, or let MXGRAFT_MXNET_PYTHON " +
      'name a Python that has mxnet 1.9.1 and "numpy<1.24"',
  );
}

async function virtualEnvironment(python: string, folder: string, packages: readonly string[], run: Run) {
  await run(python, "-m", "venv", folder);
  await run(join(folder, "bin", "python"), ...PIP, ...packages);
}

const RECIPES: readonly Recipe[] = [
  {
    name: "pytorch",
    proof: "bin/python",
    variable: "MXGRAFT_TORCH_PYTHON",
    install: (folder, run) => virtualEnvironment("python3", folder, [`torch==${VERSIONS.torch}`, "numpy"], run),
  },
  {
    name: "mxnet",
    proof: "bin/python",
    variable: "MXGRAFT_MXNET_PYTHON",
    // MXNet 1.9.1 uses names that NumPy 1.24 took away.
    install: async (folder, run) =>
      virtualEnvironment(await python38(run), folder, ["mxnet==1.9.1", "numpy<1.24"], run),
  },
  {
    name: "mxnet-onnx",
    proof: "onnx",
    // The last onnx that mx2onnx of 1.9.1 works with, beside MXNet's packages and not among them.
    async install(folder, run) {
      const python = process.env.MXGRAFT_MXNET_PYTHON || join(peersFolder(), "mxnet", "bin", "python");
      const packages = ["onnx==1.12.0", "protobuf==3.20.3", "typing_extensions==4.7.1"];
      await run(python, ...PIP, "--no-deps", "--target", folder, ...packages);
    },
  },
  {
    name: "onnxruntime",
    proof: "node_modules/onnxruntime-node",
    async install(folder, run) {
      await writeFile(join(folder, "package.json"), '{ "private": true }\n');
      // Its install script fetches CUDA libraries; the library for processors is in the package.
      const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", folder];
      await run("npm", ...install, `onnxruntime-node@${VERSIONS.onnxruntime}`);
    },
  },
];

function runner(say: (line: string) => void): Run {
  return (command, ...args) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          output = (output + text).slice(-4000);
        });
      }
      child.once("error", reject);
      child.once("close", (status) => {
        if (status === 0) return resolve();
        say(output.trimEnd());
        reject(new Error(`"${[command, ...args].join(" ")}" ended with exit code ${status}`));
      });
    });
}

/**
 * Installs every peer that is not there, each by itself: one that fails does not stop the others.
 *
 * @param say  takes a line for each peer.
 * @returns whether all are there now.
 */
export async function setUpPeers(say: (line: string) => void, environment = process.env): Promise<boolean> {
  let complete = true;
  for (const { name, proof, variable, install } of RECIPES) {
    const folder = join(peersFolder(environment), name);
    if (variable !== undefined && environment[variable]) {
      say(`${name}: ${variable} names ${environment[variable]}`);
      continue;
    }
    if (existsSync(join(folder, proof))) {
      say(`${name}: is there, in ${folder}`);
      continue;
    }
    say(`${name}: installing into ${folder} ...`);
    // Virtual environments hold their own path, so they are made in place; what fails is taken away again.
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    try {
      await install(folder, runner(say));
      say(`${name}: done`);
    } catch (error) {
      complete = false;
      await rm(folder, { recursive: true, force: true });
      say(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return complete;
}
