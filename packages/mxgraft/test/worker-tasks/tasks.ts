import type { WorkerContext } from "mxgraft/node";

/** What a test asks of the task. */
export type Order =
  | { readonly kind: "echo"; readonly value: unknown }
  | { readonly kind: "fail"; readonly message: string }
  | { readonly kind: "wait" }
  | { readonly kind: "spin" }
  | { readonly kind: "exit"; readonly code: number };

export default async function obey(order: Order, { signal, report }: WorkerContext<string>): Promise<unknown> {
  report(`asked to ${order.kind}`);
  switch (order.kind) {
    case "echo":
      return order.value;
    case "fail":
      throw new RangeError(order.message);
    case "wait":
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    case "spin":
      // As a call of native code, it sees no signal.
      for (;;) performance.now();
    case "exit":
      process.exit(order.code);
  }
}
