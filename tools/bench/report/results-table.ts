import Table from "cli-table3";
import type { Report, Result } from "../run/results.ts";
import type { Quartiles } from "../run/statistics.ts";

/** Three digits, without an exponent. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toFixed(Math.min(digits, 4));
}

/** `12.3 (11.9-13.0)`: median and quartiles. */
export function quartilesText({ lower, median, upper }: Quartiles): string {
  return lower === upper ? figure(median) : `${figure(median)} (${figure(lower)}-${figure(upper)})`;
}

/** What was promised: `>= 1.8`, `<= 1.1`, or nothing. */
export function targetText({ target, atMost }: Result): string {
  return target === null ? "" : `${atMost ? "<=" : ">="} ${target}`;
}

/** A run's results for the terminal, what was left out below them. */
export function resultsTable({ results, omitted }: Report): string {
  const table = new Table({
    head: ["work", "against", "ratio", "target", "ours", "theirs"],
    style: { head: [], border: [] },
  });
  for (const result of results) {
    const { name, peer, ratios, ratio, unit, ours, theirs, met } = result;
    const sign = met === false ? " (missed)" : "";
    table.push([
      name,
      peer,
      ratios.lower === ratios.upper
        ? figure(ratio)
        : `${figure(ratio)} (${figure(ratios.lower)}-${figure(ratios.upper)})`,
      `${targetText(result)}${sign}`,
      `${quartilesText(ours)} ${unit}`,
      `${quartilesText(theirs)} ${unit}`,
    ]);
  }
  return [table.toString(), ...omitted.map(({ name, peer, reason }) => `${name}: without ${peer}: ${reason}`)].join(
    "\n",
  );
}
