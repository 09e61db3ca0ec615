import { MxgraftError } from "@mxgraft/base";
import type { Reader } from "./readers.ts";

/** How long one input may take, in milliseconds. */
export const MOST_TIME = 1000;
/** Bytes that arrays may take for each byte of the file, and on top of that. */
const MOST_GROWTH = 64;
const ALLOWANCE = 2 ** 20;

export interface Verdict {
  /** What is wrong; absent when the input was read, or refused as it should be. */
  readonly fault?: string;
  readonly outcome: "read" | "refused";
  readonly milliseconds: number;
}

/** Reads one input. Whatever is in it, the reader must read it or refuse it with an error that says where, quickly. */
export function judge(reader: Reader, input: Uint8Array): Verdict {
  // Readers may not change what they read, nor see what lies around it.
  const around = new Uint8Array(input.length + 16).fill(0x5a);
  const bytes = around.subarray(8, 8 + input.length);
  bytes.set(input);
  const start = performance.now();
  const processor = process.cpuUsage();
  let outcome: Verdict["outcome"] = "read";
  let fault: string | undefined;
  try {
    const size = reader.read(bytes);
    const most = MOST_GROWTH * input.length + ALLOWANCE;
    if (size > most) fault = `its arrays take ${size} bytes, the file ${input.length}`;
  } catch (error) {
    outcome = "refused";
    fault = faultOf(error);
  }
  const { user, system } = process.cpuUsage(processor);
  // Of a busy machine only the time that was spent on this counts.
  const milliseconds = Math.min(performance.now() - start, (user + system) / 1000);
  if (fault === undefined && milliseconds > MOST_TIME) fault = `it takes ${Math.round(milliseconds)} ms`;
  if (fault === undefined && input.some((byte, i) => byte !== bytes[i])) fault = "the reader changed the file";
  return { outcome, milliseconds, ...(fault === undefined ? {} : { fault }) };
}

function faultOf(error: unknown): string | undefined {
  if (!(error instanceof MxgraftError)) {
    return error instanceof Error ? `${error.name}: ${error.stack ?? error.message}` : `it throws ${String(error)}`;
  }
  const { byte, node, operator, argument, row } = error.facts;
  const place = byte ?? node ?? operator ?? argument ?? row;
  if (
    place === undefined &&
    !/attribute|byte|character|field|node|head|line|^The graph is|not JSON/i.test(error.message)
  ) {
    return `the error does not say where: ${error.message}`;
  }
  return undefined;
}
