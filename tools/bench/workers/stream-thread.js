/*
 * One thread of STREAM's copy (16 bytes a number) and triad (24 bytes a number), in 64-bit numbers. It answers with the
 * least milliseconds of both. Plain JavaScript: a thread of this needs no loader for TypeScript.
 */
import { parentPort, workerData } from "node:worker_threads";

const { count, repeats, gate, threads } = workerData;
const a = new Float64Array(count).fill(1);
const b = new Float64Array(count).fill(2);
const c = new Float64Array(count).fill(3);

/** All threads begin each repetition together. */
function meet(round) {
  Atomics.add(gate, 0, 1);
  Atomics.notify(gate, 0);
  for (;;) {
    const there = Atomics.load(gate, 0);
    if (there >= round * threads) return;
    Atomics.wait(gate, 0, there);
  }
}

function triad() {
  for (let i = 0; i < count; i++) a[i] = b[i] + 3 * c[i];
}

function timed(work) {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
for (let round = 0; round < repeats; round++) {
  meet(2 * round + 1);
  best[0] = Math.min(
    best[0],
    timed(() => c.set(a)),
  );
  meet(2 * round + 2);
  best[1] = Math.min(best[1], timed(triad));
}
parentPort.postMessage(best);
