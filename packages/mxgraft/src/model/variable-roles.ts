import { type Symbol as MxSymbol, resolveNode } from "@mxgraft/symbol";

/** What a variable of a graph is there for: data, a label of a loss, something that is learned, or an auxiliary state. */
export type VariableRole = "input" | "label" | "parameter" | "state";

const LEARNED: readonly string[] = ["weight", "bias", "gamma", "beta", "parameters"];

/** A variable that several nodes use has the first of these roles that one of them gives it. */
const PRECEDENCE: readonly VariableRole[] = ["state", "parameter", "label", "input"];

/**
 * The roles of all variables by name. Files do not say them; MXNet's own names do: of the argument (`weight`), or of the
 * variable (`conv0_weight`).
 */
export function variableRoles(symbol: MxSymbol): Map<string, VariableRole> {
  const roles = new Map<string, VariableRole>();
  const set = (name: string, role: VariableRole) => {
    const present = roles.get(name);
    if (present === undefined || PRECEDENCE.indexOf(role) < PRECEDENCE.indexOf(present)) roles.set(name, role);
  };
  for (const node of symbol.nodes()) {
    if (node.op === null) {
      set(node.name, roleOf(node.name, ""));
      continue;
    }
    const { spec, attributes } = resolveNode(node);
    const names = spec.arguments(attributes);
    for (const [i, { node: input }] of node.inputs.entries()) {
      if (input.op === null) set(input.name, i < names.length ? roleOf(input.name, names[i] ?? "") : "state");
    }
  }
  return roles;
}

function roleOf(variable: string, argument: string): VariableRole {
  const last = variable.slice(variable.lastIndexOf("_") + 1);
  if (LEARNED.includes(argument) || LEARNED.includes(last)) return "parameter";
  return argument === "label" || last === "label" ? "label" : "input";
}
