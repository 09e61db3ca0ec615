import { readFileSync } from "node:fs";
import type { Job } from "../../run/protocol.ts";
import { numberSetting } from "../read-inputs.ts";
import type { Work } from "../serve.ts";
import { centersAndBatch } from "./center-step.ts";

const STEPS = 20;

/** Bytes of a line of /proc/self/status, or of what Node knows where there is no /proc. */
function memory(line: "VmHWM" | "VmRSS"): number {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    const found = new RegExp(`^${line}:\\s+(\\d+) kB`, "m").exec(status);
    if (found !== null) return Number(found[1]) * 1024;
  } catch {
    // No /proc: not Linux.
  }
  return line === "VmHWM" ? process.resourceUsage().maxRSS * 1024 : process.memoryUsage.rss();
}

/** The most memory that steps with a large table take, beside what the process had before. */
export async function centerMemory(job: Job): Promise<Work> {
  const before = memory("VmRSS");
  const centers = centersAndBatch(job);
  const step = () => {
    const { loss, gradient } = centers.step();
    loss.dispose();
    gradient.dispose();
  };
  for (let i = 0; i < STEPS; i++) step();
  const peak = memory("VmHWM");
  const [rows, size] = [numberSetting(job, "classes"), numberSetting(job, "size")];
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  return {
    check: {},
    facts: { table: megabytes(rows * size * 4), before: megabytes(before), peak: megabytes(peak) },
    step,
  };
}
