import type { Report, Result } from "../run/results.ts";
import { figure } from "./results-table.ts";

/** The README's table: how long each work takes, and how many times as long the others take for it. */
export function benchmarksSummary({ machine, results }: Report): string {
  const works = new Map<string, Result[]>();
  for (const result of results) {
    // Against itself, or of memory: nothing that one can be faster than.
    if (result.atMost || result.unit !== "ms") continue;
    works.set(result.title, [...(works.get(result.title) ?? []), result]);
  }
  return [
    "| Work | mxgraft | times as fast as |",
    "| --- | --- | --- |",
    ...[...works].map(([title, compared]) => `| ${title} | ${median(compared)} | ${compared.map(rival).join("; ")} |`),
    "",
    `${machine.processor}, ${machine.cores} cores, ${machine.date}; medians.`,
  ].join("\n");
}

function median([first]: readonly Result[]): string {
  return first === undefined ? "" : `${figure(first.ours.median)} ${first.unit}`;
}

function rival({ peer, ratio }: Result): string {
  return `${peer} **${figure(ratio)}**`;
}
