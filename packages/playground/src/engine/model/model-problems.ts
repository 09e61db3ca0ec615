import { formatShape } from "@mxgraft/base";
import type { ModelReport } from "mxgraft";
import { PAGE_BACKENDS } from "../../protocol/backend-choice.ts";
import { listNames, MOST_NAMES } from "./list-names.ts";

/** What keeps a model from running, in sentences. */
export function modelProblems({ unsupported, parameterCheck }: ModelReport): string[] {
  const groups = new Map<string, { nodes: string[]; start: string }>();
  for (const { node, operator, opType, gap, kernels = [] } of unsupported) {
    const name = opType ?? operator;
    const here = PAGE_BACKENDS.filter((backend) => kernels.includes(backend));
    const start = {
      operator: `Operator “${name}” is not known to mxgraft`,
      op_type: `Custom operator “${name}” is code of the model's author, which the files do not hold`,
      kernel: `Operator “${name}” cannot run on this backend${here.length > 0 ? ` (but on ${here.join(", ")})` : ""}`,
    }[gap];
    const group = groups.get(start) ?? { nodes: [], start };
    group.nodes.push(node);
    groups.set(start, group);
  }
  const problems = [...groups.values()].map(({ nodes, start }) => `${start}: it is used by ${listNames(nodes)}.`);
  if (parameterCheck === undefined) return problems;
  const { missing, wrongShape } = parameterCheck;
  if (missing.length > 0) {
    problems.push(`The parameters lack ${listNames(missing.map(({ name }) => name))}, which the graph needs.`);
  }
  for (const { name, shape, expected } of wrongShape.slice(0, MOST_NAMES)) {
    problems.push(
      `Parameter “${name}” has shape ${formatShape(shape)}; the input's shape asks for ${formatShape(expected)}.`,
    );
  }
  return problems;
}
