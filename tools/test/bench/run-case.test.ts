import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import type { BenchCase } from "../../bench/cases/bench-case.ts";
import type { Peer, PeerName } from "../../bench/peers/peers.ts";
import type { Machine } from "../../bench/run/machine.ts";
import { runCase } from "../../bench/run/run-case.ts";
import type { WorkerCommand } from "../../bench/run/worker-process.ts";
import { fakeWorker } from "./fake-worker.ts";

const machine: Machine = {
  processor: "a processor",
  cores: 2,
  memory: 8,
  system: "Linux x64",
  node: "20.0.0",
  backend: "wasm",
  tensorflow: null,
  flags: {},
  load: 0,
  bandwidth: { copy: 10, triad: 20 },
  matrices: { backend: 50, wasm: 10 },
  date: "2026-01-01",
};

const effort = { rounds: 2, turn: 4 };

const peer = (title: string, builtIn: boolean, found: WorkerCommand | { missing: string }): Peer => ({
  title,
  builtIn,
  find: () => found,
});

const peers: Readonly<Record<PeerName, Peer>> = {
  mxgraft: peer("mxgraft", true, fakeWorker({ loss: [1, 2] }, [2])),
  tfjs: peer("plain", true, fakeWorker({ loss: [1, 3] }, [4])),
  pytorch: peer("PyTorch", false, fakeWorker({ loss: [1, 2] }, [6])),
  mxnet: peer("MXNet", false, { missing: "not set up: install it" }),
  onnxruntime: peer("ORT", false, fakeWorker({}, [1], "dies")),
};

let folder = "";
const benchCase: BenchCase = {
  name: "step",
  title: "A step",
  work: "step",
  settings: { batch: 1, backend: "wasm" },
  measure: "time",
  rivals: [
    { peer: "tfjs", checked: 1, target: 3 },
    { peer: "tfjs", label: "plain, to the end" },
    { peer: "pytorch", target: 1.8 },
    { peer: "pytorch", label: "itself", target: 0.5, atMost: true },
    { peer: "mxnet", target: 5 },
    { peer: "onnxruntime" },
    { peer: "tfjs", label: "on another backend", onlyOn: "tensorflow" },
  ],
  cost: { flops: 5e6, bytes: 20e6 },
  write(path) {
    folder = path;
    return Promise.resolve();
  },
};

test("compares with those who are there and compute the same, and says why not with the others", async () => {
  const said: string[] = [];
  const outcome = await runCase(benchCase, {
    effort,
    withPeers: true,
    backend: "wasm",
    machine,
    peers,
    say: (line) => said.push(line),
  });
  const rows = outcome.results.map(({ peer, ratio, target, atMost, met, unit, limit }) => {
    return { peer, ratio, target, atMost, met, unit, limit };
  });
  // 20 MB at 20 GB/s take 1 ms, longer than 5 MFLOP at WebAssembly's 10 GFLOP/s.
  const common = { unit: "ms", limit: 1, atMost: false };
  expect(rows).toEqual([
    { ...common, peer: "plain", ratio: 2, target: 3, met: false },
    { ...common, peer: "PyTorch", ratio: 3, target: 1.8, met: true },
    { ...common, peer: "itself", ratio: 2 / 6, target: 0.5, met: true, atMost: true },
  ]);
  expect(outcome.results[0]?.ours).toEqual({ lower: 2, median: 2, upper: 2 });
  expect(outcome.results[0]?.facts.theirs).toMatchObject({ backend: "wasm", batch: 1 });
  expect(outcome.omitted.map(({ peer, reason }) => `${peer}: ${reason.split("\n")[0]}`)).toEqual([
    'plain, to the end: it does not compute the same: "loss"[1] is 2 with us and 3 with them',
    "MXNet: not set up: install it",
    'ORT: Worker "ORT": ended with exit code 3',
  ]);
  expect(said).toContain("step: without MXNet: not set up: install it");
  expect(folder).not.toBe("");
  expect(existsSync(folder)).toBe(false);
});

test("leaves out what has to be set up unless it is asked for", async () => {
  const { results, omitted } = await runCase(benchCase, { effort, withPeers: false, backend: "cpu", peers });
  expect(results.map((result) => result.peer)).toEqual(["plain"]);
  expect(results[0]?.limit).toBeNull();
  expect(omitted.map((one) => one.peer)).toEqual(["plain, to the end"]);
});

test("measures memory against the table and an allowance", async () => {
  const memory: BenchCase = {
    ...benchCase,
    measure: "memory",
    rivals: [],
    settings: { table: 2048, before: 300, peak: 2500 },
  };
  const { results } = await runCase(memory, { effort, withPeers: true, backend: "cpu", peers });
  const [result] = results;
  expect(result).toMatchObject({
    peer: "the table (2048 MB) and 250 MB",
    unit: "MB",
    target: 1,
    atMost: true,
    met: true,
  });
  expect(result?.ours.median).toBe(2200);
  expect(result?.theirs.median).toBe(2298);
});

test("promises nothing on other backends than tensorflow, unless the case chose one", async () => {
  const anywhere = { ...benchCase, settings: {}, rivals: benchCase.rivals.slice(0, 1) };
  const { results } = await runCase(anywhere, { effort, withPeers: false, backend: "cpu", peers });
  expect(results.map(({ target, met }) => ({ target, met }))).toEqual([{ target: null, met: null }]);
});

test("leaves out what needs more memory than is free", async () => {
  const large = { ...benchCase, memory: 1e18 };
  const outcome = await runCase(large, { effort, withPeers: false, backend: "cpu", peers });
  expect(outcome.results).toEqual([]);
  expect(outcome.omitted[0]?.reason).toBe("it needs 1000000000000 MB of free memory");
});

test("fails when our own side does", async () => {
  const broken = { ...peers, mxgraft: peer("mxgraft", true, fakeWorker({}, [1], "fails")) };
  await expect(runCase(benchCase, { effort, withPeers: false, backend: "cpu", peers: broken })).rejects.toThrow(
    "no such work",
  );
});
