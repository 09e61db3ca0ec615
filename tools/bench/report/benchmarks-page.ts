import { machineLine } from "../run/machine.ts";
import type { Facts, Report, Result } from "../run/results.ts";
import { figure, quartilesText, targetText } from "./results-table.ts";

const HEADER = `<!-- Written by "npm run bench -- --peers --write-docs"; do not edit. -->

# Benchmarks

How long mxgraft takes, against others that do the same work on the same machine in the same run.

Everybody is a process of its own. Before anything is timed, all get the same inputs and parameters and have to compute the same numbers.
Then they work in turns, in short rounds, each beginning with another one, so that whatever else the machine does meets all alike. A figure
is the median of all iterations, its quartiles in parentheses. A ratio is their median through ours: above 1, mxgraft is faster; where the
target is "<=", it is ours through theirs. The quartiles of a ratio are those of the rounds.
`;

const REPEAT = `## To repeat them

\`\`\`sh
npm run setup:tensorflow                        # the native backend
npm run bench -- --setup-peers                  # PyTorch, MXNet (needs Python 3.8) and onnxruntime-node, in the cache folder
npm run bench -- --peers                        # everything; names choose: npm run bench -- lenet-100 --peers
npm run bench -- lenet-100 --profile            # where the time goes
\`\`\`

Peers that are not there are left out with a line. MXNet runs with \`OMP_WAIT_POLICY=PASSIVE GOMP_SPINCOUNT=0\`, without which it is several
times slower on few cores; the others run as they are installed. Of the ways to write center loss in PyTorch, the fastest is taken anew in
each run.
`;

const LIMITS = `## How near the limit

The limit is the arithmetic of the work at the rate at which this machine multiplies large matrices, or its memory traffic at the rate of
STREAM's triad, whichever takes longer: no implementation on this machine can be faster, unless its data stays in a cache.
`;

/** `docs/benchmarks.md` as a run found it. */
export function benchmarksPage({ machine, effort, results, omitted }: Report): string {
  const lines = [
    HEADER,
    `Measured on ${machine.date}, ${effort.rounds} rounds: ${machineLine(machine)}.`,
    "",
    "| Work | Against | Ratio | Target | Ours | Theirs |",
    "| --- | --- | --- | --- | --- | --- |",
    ...results.map(row),
    "",
    ...omittedLines(omitted),
    "Versions and what was chosen:",
    "",
    ...versions(results),
    "",
    LIMITS,
    ...limits(results),
    "",
    REPEAT.trimEnd(),
  ];
  return `${lines.join("\n")}\n`;
}

function row(result: Result): string {
  const { title, peer, ratio, ratios, unit, ours, theirs, met } = result;
  const spread = ratios.lower === ratios.upper ? "" : ` (${figure(ratios.lower)}-${figure(ratios.upper)})`;
  const target = `${targetText(result)}${met === false ? ", missed" : ""}`;
  const cells = [
    title,
    peer,
    `${figure(ratio)}${spread}`,
    target,
    `${quartilesText(ours)} ${unit}`,
    `${quartilesText(theirs)} ${unit}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

function omittedLines(omitted: Report["omitted"]): string[] {
  if (omitted.length === 0) return [];
  // Only the first line of a reason: the rest is what a library printed.
  return [
    "Left out:",
    "",
    ...omitted.map(({ name, peer, reason }) => `- ${name}, ${peer}: ${reason.split("\n")[0]}`),
    "",
  ];
}

function factsText(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

function versions(results: readonly Result[]): string[] {
  const works = new Map<string, Set<string>>();
  for (const { name, peer, facts } of results) {
    for (const [who, own] of [
      ["mxgraft", facts.ours],
      [peer, facts.theirs],
    ] as const) {
      const text = factsText(own);
      if (text === "") continue;
      const line = `- ${who}: ${text}`;
      works.set(line, (works.get(line) ?? new Set()).add(name));
    }
  }
  return [...works].map(([line, names]) => `${line} (${[...names].join(", ")})`);
}

function limits(results: readonly Result[]): string[] {
  const works = new Map(results.flatMap((result) => (result.limit === null ? [] : [[result.title, result] as const])));
  return [
    "| Work | Limit | Ours | Ours through the limit |",
    "| --- | --- | --- | --- |",
    ...[...works].map(([title, { limit, ours }]) => {
      const times = limit === null ? "" : `${figure(ours.median / limit)}`;
      return `| ${title} | ${limit === null ? "" : figure(limit)} ms | ${figure(ours.median)} ms | ${times} |`;
    }),
  ];
}
