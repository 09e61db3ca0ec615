import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WorkerCommand } from "../run/worker-process.ts";
import { peersFolder } from "./peers-folder.ts";

/** Who can do the work: mxgraft itself in some mode, and others. */
export type PeerName = "mxgraft" | "tfjs" | "pytorch" | "mxnet" | "onnxruntime";

export interface Peer {
  readonly title: string;
  /** Whether it is part of this repository; the others have to be set up, and are asked for by `--peers`. */
  readonly builtIn: boolean;
  /** How to start its worker, or what is missing and what to do. */
  find(environment: NodeJS.ProcessEnv): WorkerCommand | { readonly missing: string };
}

const SET_UP = `run "npm run bench -- --setup-peers"`;

function fileOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** A worker in TypeScript, run from the sources by the Node that runs this. */
export function nodeWorker(name: string, args: readonly string[] = [], flags: readonly string[] = []): WorkerCommand {
  const register = new URL("../../../packages/mxgraft/bin/register.js", import.meta.url).href;
  return {
    command: process.execPath,
    args: [...flags, "--import", register, fileOf(`../workers/${name}/main.ts`), ...args],
    environment: { MXGRAFT_SOURCE: "1" },
  };
}

/** The Python of a peer: the one the user names, or that of the set-up. */
function pythonOf(name: string, variable: string, environment: NodeJS.ProcessEnv): string | { missing: string } {
  const named = environment[variable];
  if (named !== undefined && named !== "") {
    return existsSync(named) ? named : { missing: `${variable} is "${named}", and there is no such file` };
  }
  const python = join(peersFolder(environment), name, "bin", "python");
  return existsSync(python) ? python : { missing: `not set up: ${SET_UP}, or set ${variable} to a Python that has it` };
}

/** All of them, by the names that cases use. */
export const peers: Readonly<Record<PeerName, Peer>> = {
  mxgraft: { title: "mxgraft", builtIn: true, find: () => nodeWorker("mxgraft") },
  tfjs: { title: "plain TensorFlow.js", builtIn: true, find: () => nodeWorker("plain-tfjs") },
  pytorch: {
    title: "PyTorch",
    builtIn: false,
    find(environment) {
      const python = pythonOf("pytorch", "MXGRAFT_TORCH_PYTHON", environment);
      return typeof python === "string" ? { command: python, args: [fileOf("python/pytorch-peer.py")] } : python;
    },
  },
  mxnet: {
    title: "MXNet 1.9.1",
    builtIn: false,
    find(environment) {
      const python = pythonOf("mxnet", "MXGRAFT_MXNET_PYTHON", environment);
      if (typeof python !== "string") return python;
      const onnx = join(peersFolder(environment), "mxnet-onnx");
      return {
        command: python,
        args: [fileOf("python/mxnet-peer.py"), ...(existsSync(onnx) ? [onnx] : [])],
        // Threads that wait by spinning take the cores from those that work: batch 1 would be up to 20 times slower.
        environment: { OMP_WAIT_POLICY: "PASSIVE", GOMP_SPINCOUNT: "0" },
      };
    },
  },
  onnxruntime: {
    title: "onnxruntime-node",
    builtIn: false,
    find(environment) {
      const folder = environment.MXGRAFT_ONNXRUNTIME || join(peersFolder(environment), "onnxruntime");
      return existsSync(join(folder, "node_modules", "onnxruntime-node"))
        ? nodeWorker("onnxruntime", [folder])
        : { missing: `not set up: ${SET_UP}` };
    },
  },
};
