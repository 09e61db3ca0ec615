import type { ModelState } from "../model/model-state.ts";
import type { BackendRun, LayerRow, OutputView } from "../protocol/model-messages.ts";
import { make } from "./element.ts";
import { count, milliseconds, short } from "./number-text.ts";

/** Rows of the table of layers. */
export function layerRows(layers: readonly LayerRow[]): HTMLTableRowElement[] {
  return layers.map(({ node, operator, output, parameters, multiplyAdds }) =>
    make(
      "tr",
      {},
      make("td", {}, node),
      make("td", {}, operator),
      make("td", {}, output),
      make("td", { class: "num" }, parameters === 0 ? "" : count(parameters)),
      make("td", { class: "num" }, multiplyAdds === 0 ? "" : count(multiplyAdds)),
    ),
  );
}

/** Rows of the table that compares backends. */
export function runRows({ runs, refusals }: Pick<ModelState, "runs" | "refusals">): HTMLTableRowElement[] {
  return [
    ...runs.map(({ backend, firstTime, time, difference }) =>
      make(
        "tr",
        { "data-backend": backend },
        make("td", {}, backend),
        make("td", { class: "num" }, milliseconds(firstTime)),
        make("td", { class: "num" }, milliseconds(time)),
        make(
          "td",
          { class: "num", ...(difference === undefined ? {} : { "data-difference": difference }) },
          differenceText(difference),
        ),
      ),
    ),
    ...refusals.map(({ backend, message }) =>
      make("tr", {}, make("td", {}, backend), make("td", { class: "refusal", colspan: 3 }, message)),
    ),
  ];
}

/** What came out, for those who do not see the table and the bars. */
export function runWords({ runs, refusals }: Pick<ModelState, "runs" | "refusals">): string {
  const [first] = runs;
  const refused = refusals.map(({ backend }) => ` It does not run on ${backend}.`).join("");
  if (first === undefined) return refused.trim();
  const best = first.outputs.find(({ top }) => top.length > 0);
  const winner = best?.top[0];
  const result = best && winner ? ` ${best.name} is largest for ${winner.index}, with ${short(winner.value)}.` : "";
  const differences = runs.flatMap(({ difference }) => (difference === undefined ? [] : [difference]));
  const apart = differences.length > 0 ? ` Largest difference: ${differenceText(Math.max(...differences))}.` : "";
  return `Done on ${runs.map(({ backend }) => backend).join(", ")}.${result}${apart}${refused}`;
}

function differenceText(difference: number | undefined): string {
  if (difference === undefined) return "the reference";
  return difference === 0 ? "none" : short(difference);
}

/** The outputs of a run: the largest scores as bars, of anything else what its numbers are like. */
export function outputCards({ outputs }: BackendRun): HTMLElement[] {
  return outputs.map((output) => {
    const title = make("h3", {}, output.name, " ", make("span", {}, `(${output.shape.join(", ")})`));
    return make("section", { class: "output" }, title, output.top.length > 0 ? bars(output) : summary(output));
  });
}

function bars({ top }: OutputView): HTMLElement {
  const largest = Math.max(...top.map(({ value }) => Math.abs(value)), 1e-12);
  const list = make("ol", { class: "bars" });
  for (const [rank, { index, value }] of top.entries()) {
    const bar = make("i");
    bar.style.width = `${Math.max(0, (100 * value) / largest)}%`;
    const label = make("b", rank === 0 ? { class: "first", id: "top-class" } : {}, index);
    list.append(make("li", {}, label, make("div", {}, bar), make("span", {}, short(value))));
  }
  return list;
}

function summary({ min, max, mean }: OutputView): HTMLElement {
  return make("p", { class: "hint" }, `From ${short(min)} to ${short(max)}, mean ${short(mean)}.`);
}
