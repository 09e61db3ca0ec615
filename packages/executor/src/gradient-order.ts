import type { Slot, Step } from "./plan.ts";

/**
 * The slots of variables in the order in which MXNet writes their gradients. It matters only for variables that share
 * a name and so one array of gradients: the last write stays.
 *
 * MXNet's gradient graph is sorted depth first from the gradients of the arguments, in the order of the arguments: a
 * node's backward runs once those of all nodes after it have run, and no earlier than it is needed.
 */
export function gradientOrder(slots: readonly Slot[], steps: readonly Step[]): number[] {
  const variables = slots.flatMap(({ id, variable }) => (variable === undefined ? [] : [id]));
  const names = new Set(variables.map((id) => slots[id]?.variable));
  if (names.size === variables.length) return variables;

  const users = new Map<number, Step[]>();
  for (const step of steps) {
    for (const id of inputsOf(step)) users.set(id, [...(users.get(id) ?? []), step]);
  }
  const order: Step[] = [];
  const visited = new Set<Step>();
  const visit = (step: Step) => {
    if (visited.has(step)) return;
    visited.add(step);
    for (const id of outputsOf(step)) for (const user of users.get(id) ?? []) visit(user);
    order.push(step);
  };
  for (const id of variables) for (const user of users.get(id) ?? []) visit(user);
  const written = (id: number) => Math.max(-1, ...(users.get(id) ?? []).map((step) => order.indexOf(step)));
  const times = new Map(variables.map((id) => [id, written(id)]));
  return variables.sort((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0));
}

function inputsOf(step: Step): readonly number[] {
  return step.kind === "layout" ? [step.from] : step.inputs;
}

function outputsOf(step: Step): readonly number[] {
  return step.kind === "layout" ? [step.to] : step.outputs;
}
