import { invariant } from "@mxgraft/base";
import { atNode, type PerEntry, type ResolvedOperator } from "@mxgraft/operator";
import type { EntryRef, GraphNode } from "./graph-node.ts";
import { resolveNode } from "./resolve-node.ts";

/** A kind of fact about entries that operators infer: shapes, or data types. */
export interface FactKind<T> {
  /** What an operator concludes from what is known of its entries. */
  infer(operator: ResolvedOperator, known: PerEntry<T | undefined>): Partial<PerEntry<T | undefined>>;
  /** What two statements say together; `null` when they contradict each other. */
  merge(known: T | undefined, inferred: T | undefined): T | undefined | null;
  /** Whether nothing new was learned. */
  same(a: T | undefined, b: T | undefined): boolean;
  /** The error of a contradiction about an entry, called `subject`; the caller puts the node before the message. */
  contradiction(subject: string, known: T, inferred: T): Error;
}

/**
 * Facts about the entries of a graph, spread from node to node, forwards and backwards, until nothing changes.
 */
export class Propagation<T> {
  readonly #kind: FactKind<T>;
  readonly #facts = new Map<GraphNode, (T | undefined)[]>();
  readonly #users = new Map<GraphNode, GraphNode[]>();
  /** Nodes to ask again, in order; `#waiting` has the same nodes. */
  #queue: GraphNode[] = [];
  readonly #waiting = new Set<GraphNode>();

  /** @param nodes  each after its inputs. */
  constructor(nodes: readonly GraphNode[], kind: FactKind<T>) {
    this.#kind = kind;
    for (const node of nodes) {
      this.#facts.set(node, []);
      if (node.op === null) continue;
      this.#enqueue(node);
      for (const { node: input } of new Set(node.inputs)) {
        const users = this.#users.get(input);
        if (users) users.push(node);
        else this.#users.set(input, [node]);
      }
    }
  }

  /** What is known of an entry. */
  get({ node, index }: EntryRef): T | undefined {
    return this.#facts.get(node)?.[index];
  }

  /** States something about an entry from outside. */
  set(entry: EntryRef, fact: T): void {
    this.#learn(entry, fact, `"${entry.node.name}"`);
  }

  /** Asks operators until nothing changes. */
  run(): void {
    // Each round takes the nodes that earlier ones touched; facts only become more definite, so the rounds end.
    while (this.#queue.length > 0) {
      const round = this.#queue;
      this.#queue = [];
      for (const node of round) {
        this.#waiting.delete(node);
        this.#ask(node);
      }
    }
  }

  #ask(node: GraphNode): void {
    invariant(node.op !== null, "a variable was asked for what it infers");
    const operator = resolveNode(node);
    const { spec, attributes } = operator;
    const argumentNames = spec.arguments(attributes);
    const stateNames = spec.auxiliaryStates(attributes);
    const outputNames = spec.outputs(attributes);
    const inputs = node.inputs.slice(0, argumentNames.length);
    const states = node.inputs.slice(argumentNames.length);
    const outputs = outputNames.map((_, index) => ({ node, index }));
    atNode(node.name, node.op, () => {
      const found = this.#kind.infer(operator, {
        arguments: inputs.map((entry) => this.get(entry)),
        outputs: outputs.map((entry) => this.get(entry)),
        auxiliaryStates: states.map((entry) => this.get(entry)),
      });
      const learn = (
        what: string,
        names: readonly string[],
        entries: readonly EntryRef[],
        facts: readonly (T | undefined)[] | undefined,
      ) => {
        for (const [i, entry] of entries.entries()) {
          const fact = facts?.[i];
          if (fact !== undefined) this.#learn(entry, fact, `${what} "${names[i]}"`);
        }
      };
      learn("argument", argumentNames, inputs, found.arguments);
      learn("auxiliary state", stateNames, states, found.auxiliaryStates);
      learn("output", outputNames, outputs, found.outputs);
    });
  }

  #learn({ node, index }: EntryRef, fact: T, subject: string): void {
    const facts = this.#facts.get(node);
    invariant(facts, `node "${node.name}" is not in the graph`);
    const known = facts[index];
    const merged = this.#kind.merge(known, fact);
    if (merged === null && known !== undefined) throw this.#kind.contradiction(subject, known, fact);
    if (merged === null || this.#kind.same(known, merged)) return;
    facts[index] = merged;
    if (node.op !== null) this.#enqueue(node);
    for (const user of this.#users.get(node) ?? []) this.#enqueue(user);
  }

  #enqueue(node: GraphNode): void {
    if (this.#waiting.has(node)) return;
    this.#waiting.add(node);
    this.#queue.push(node);
  }
}
