import type { OperatorStep, Slot, Step } from "./plan.ts";

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

  const users = usersOf(steps);
  const order: OperatorStep[] = [];
  const visited = new Set<OperatorStep>();
  const visit = (step: OperatorStep) => {
    if (visited.has(step)) return;
    visited.add(step);
    for (const id of step.outputs) for (const user of users.get(id) ?? []) visit(user);
    order.push(step);
  };
  for (const id of variables) for (const user of users.get(id) ?? []) visit(user);
  const written = (id: number) => Math.max(-1, ...(users.get(id) ?? []).map((step) => order.indexOf(step)));
  const times = new Map(variables.map((id) => [id, written(id)]));
  return variables.sort((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0));
}

/** The operators that take a slot, in whatever layout: bringing a value into another one is no node of MXNet's graph. */
function usersOf(steps: readonly Step[]): Map<number, OperatorStep[]> {
  const users = new Map<number, OperatorStep[]>();
  const origin = new Map<number, number>();
  for (const step of steps) {
    if (step.kind === "layout") {
      origin.set(step.to, origin.get(step.from) ?? step.from);
      continue;
    }
    for (const input of step.inputs) {
      const id = origin.get(input) ?? input;
      users.set(id, [...(users.get(id) ?? []), step]);
    }
  }
  return users;
}
