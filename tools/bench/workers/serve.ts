import { createInterface } from "node:readline";
import { Bench } from "tinybench";
import type { Job, Prepared, Reply, Request } from "../run/protocol.ts";

/** Work that is ready to be timed. */
export type Work = Partial<Prepared> &
  (
    | {
        /** What is timed. */
        step(): void | Promise<void>;
      }
    | {
        /** Runs it `warm + iterations` times. @returns milliseconds of each of the last `iterations`. */
        times(warm: number, iterations: number): Promise<number[]>;
      }
  );

/** The pieces of work that a worker knows, by name. */
export type WorkTable = Readonly<Record<string, (job: Job) => Promise<Work>>>;

async function timesOf(step: () => void | Promise<void>, { warm, iterations }: { warm: number; iterations: number }) {
  for (let i = 0; i < warm; i++) await step();
  const bench = new Bench({ iterations, time: 0, warmup: false, retainSamples: true, throws: true });
  // Told whether it waits, tinybench need not find out by running it once.
  const asynchronous = step.constructor.name === "AsyncFunction";
  bench.add("step", step, { async: asynchronous });
  await bench.run();
  const result = bench.getTask("step")?.result;
  return result !== undefined && "latency" in result ? [...(result.latency.samples ?? [])] : [];
}

/** Answers the requests of `WorkerProcess` on standard input until it is closed. */
export function serve(works: WorkTable, facts: () => Prepared["facts"] = () => ({})): void {
  const write = process.stdout.write.bind(process.stdout);
  // Standard output belongs to the replies.
  console.log = console.error;
  let work: Work | undefined;

  const answer = async (request: Request): Promise<unknown> => {
    if (request.do === "prepare") {
      const make = Object.hasOwn(works, request.job.work) ? works[request.job.work] : undefined;
      if (make === undefined) throw new Error(`work "${request.job.work}" is not known here`);
      work = await make(request.job);
      return { check: work.check ?? {}, facts: { ...facts(), ...work.facts } } satisfies Prepared;
    }
    if (work === undefined) throw new Error(`"run" before "prepare"`);
    return "step" in work ? timesOf(work.step, request) : work.times(request.warm, request.iterations);
  };

  // One at a time: the benchmark waits for a reply before it asks again.
  createInterface({ input: process.stdin })
    .on("line", async (line) => {
      let reply: Reply;
      try {
        const request: Request = JSON.parse(line);
        reply = { ok: await answer(request) };
      } catch (error) {
        reply = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
      }
      write(`${JSON.stringify(reply)}\n`);
    })
    // What a library left open (threads, timers) must not keep the process.
    .once("close", () => process.exit(0));
}
