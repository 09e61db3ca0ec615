import {
  type ByteSource,
  type DType,
  didYouMean,
  GraphError,
  MxgraftError,
  readSource,
  type Shape,
} from "@mxgraft/base";
import { atNode } from "@mxgraft/operator";
import { apply } from "./apply.ts";
import { composeGraph } from "./compose-graph.ts";
import type { GraphNode, NodeEntry } from "./graph-node.ts";
import { hide, unhide } from "./hidden-keys.ts";
import {
  type GivenShapes,
  type GivenTypes,
  inferShapes,
  inferTypes,
  type SymbolShapes,
  type SymbolTypes,
} from "./infer-symbol.ts";
import { type LoadJsonOptions, loadJson } from "./load-json.ts";
import { nodesOf } from "./nodes-of.ts";
import { outputNames, visibleOutputCount } from "./output-names.ts";
import { forgetResolved, resolveNode } from "./resolve-node.ts";
import { saveJson } from "./save-json.ts";
import { stateVariables } from "./state-variables.ts";
import { hiddenName } from "./variable.ts";

/**
 * A graph seen from some of its outputs, `mx.sym.Symbol`. Made by `variable`, `apply`, `group` and `loadJson`; the
 * nodes are shared between symbols.
 *
 * Names come in MXNet's order: nodes depth first, each after its inputs.
 */
export class MxSymbol implements Iterable<MxSymbol> {
  /** The outputs. */
  readonly entries: readonly NodeEntry[];

  constructor(entries: readonly NodeEntry[]) {
    this.entries = entries;
  }

  /** All outputs of a node that others can use. */
  static ofNode(node: GraphNode): MxSymbol {
    const count = visibleOutputCount(node);
    return new MxSymbol(Array.from({ length: count }, (_, index) => ({ node, index, version: 0 })));
  }

  /** Number of outputs. */
  get length(): number {
    return this.entries.length;
  }

  *[Symbol.iterator](): Iterator<MxSymbol> {
    for (const entry of this.entries) yield new MxSymbol([entry]);
  }

  /** Name of the node whose outputs these are, `null` for a group. */
  get name(): string | null {
    return this.#node?.name ?? null;
  }

  /** The nodes, each after its inputs. */
  nodes(): GraphNode[] {
    return nodesOf(this);
  }

  /**
   * One output: by position, or by name as `listOutputs` has it, `internals.get("fc1_output")`.
   *
   * @throws GraphError  there is no such output, or several have the name.
   */
  get(which: number | string): MxSymbol {
    const index = typeof which === "number" ? which : this.#indexOf(which);
    const entry = this.entries[index];
    if (entry) return new MxSymbol([entry]);
    throw new GraphError(`${this}: there is no output ${index}, expected 0..${this.length - 1}.`, {
      expected: this.length,
      actual: index,
    });
  }

  #indexOf(name: string): number {
    const names = this.listOutputs();
    const index = names.indexOf(name);
    if (index < 0) {
      const near = didYouMean(name, names);
      throw new GraphError(`${this}: no output is named "${name}".${near || ` There are ${quoted(names)}.`}`, {
        argument: name,
        expected: names,
      });
    }
    if (names.indexOf(name, index + 1) < 0) return index;
    throw new GraphError(`${this}: several outputs are named "${name}". Choose one by its position.`, {
      argument: name,
    });
  }

  /**
   * The output, of a symbol that has only one.
   *
   * @param subject  for what it is wanted, for the message.
   * @throws GraphError  there are several.
   */
  singleEntry(subject: string): NodeEntry {
    const [entry] = this.entries;
    if (entry && this.length === 1) return entry;
    throw new GraphError(
      `${subject} is a symbol with ${this.length} outputs (${quoted(this.listOutputs())}), expected one. Choose it with get().`,
      { expected: 1, actual: this.length },
    );
  }

  // Names

  /** Variables that are not auxiliary states. */
  listArguments(): string[] {
    const nodes = this.nodes();
    const states = stateVariables(nodes);
    return nodes.filter((node) => node.op === null && !states.has(node)).map((node) => node.name);
  }

  listOutputs(): string[] {
    return this.entries.map(({ node, index }) => outputNames(node)[index] ?? `${node.name}_output${index}`);
  }

  listAuxiliaryStates(): string[] {
    const nodes = this.nodes();
    const states = stateVariables(nodes);
    return nodes.filter((node) => states.has(node)).map((node) => node.name);
  }

  /** All variables. */
  listInputs(): string[] {
    return this.nodes()
      .filter((node) => node.op === null)
      .map((node) => node.name);
  }

  /** A symbol of every visible output of every node, to cut the graph with `get`. */
  getInternals(): MxSymbol {
    return new MxSymbol(
      this.nodes().flatMap((node) =>
        node.op === null ? [{ node, index: 0, version: node.writes }] : MxSymbol.ofNode(node).entries,
      ),
    );
  }

  /** A symbol of the inputs of the nodes whose outputs these are; `null` when they are variables. */
  getChildren(): MxSymbol | null {
    const heads = new Set(this.entries.map((entry) => entry.node));
    const inputs = [...heads].flatMap((node) => node.inputs);
    return inputs.length === 0 ? null : new MxSymbol(inputs);
  }

  // Attributes

  /** An attribute of the node, `lr_mult` also as `__lr_mult__`; `undefined` for a group or when it is not set. */
  attr(key: string): string | undefined {
    if (key === "name") return this.#node?.name;
    return this.#node?.attributes.get(key) ?? (unhide(hide(key)) ? this.#node?.attributes.get(hide(key)) : undefined);
  }

  /** The attributes of the node, hidden ones under both their names. */
  listAttr(): Map<string, string> {
    return withShortNames(this.#node?.attributes ?? new Map());
  }

  /** The attributes of all nodes that have any, by name of the node. */
  attrDict(): Map<string, Map<string, string>> {
    const all = new Map<string, Map<string, string>>();
    for (const node of this.nodes()) {
      if (node.attributes.size === 0) continue;
      all.set(node.name, new Map([...(all.get(node.name) ?? []), ...withShortNames(node.attributes)]));
    }
    return all;
  }

  /**
   * Sets attributes of the node, which other symbols may share.
   *
   * @throws AttributeError  the operator cannot take the value; nothing is changed.
   * @throws GraphError      the symbol is a group.
   */
  setAttr(attributes: Readonly<Record<string, string>>): void {
    const node = this.#node;
    if (!node) throw new GraphError(`${this}: a group has no attributes of its own. Choose an output with get().`);
    const before = new Map(node.attributes);
    atNode(node.name, node.op ?? "variable", () => {
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(hiddenName(key), value);
    });
    forgetResolved(node);
    try {
      if (node.op !== null) resolveNode(node);
    } catch (error) {
      for (const key of [...node.attributes.keys()]) node.deleteAttribute(key);
      for (const [key, value] of before) node.setAttribute(key, value);
      throw error;
    }
  }

  // Composition

  /**
   * A copy of the graph in which symbols stand for some of its variables.
   *
   * @param inputs   symbols by the name of the variable they replace.
   * @param options  `name`: the new name of the last node; by default it keeps its own.
   * @throws GraphError  a name is no variable of the graph, or a symbol has several outputs.
   */
  compose(inputs: Readonly<Record<string, MxSymbol>>, options: { readonly name?: string } = {}): MxSymbol {
    const replacements = Object.entries(inputs).map(([name, symbol]): [string, NodeEntry] => [
      name,
      symbol.singleEntry(`input "${name}"`),
    ]);
    return new MxSymbol(composeGraph(this.entries, new Map(replacements), options.name));
  }

  /** A copy that shares no node with this symbol. */
  copy(): MxSymbol {
    return new MxSymbol(composeGraph(this.entries, new Map(), undefined));
  }

  // Inference

  /**
   * Shapes of all arguments, outputs and auxiliary states.
   *
   * @param known  shapes by the name of an argument or state, or in the order of `listArguments`.
   * @throws ShapeError  shapes contradict each other, naming the node, or stay unknown, naming them.
   * @throws UsageError  a name is no input.
   */
  inferShape(known: GivenShapes): SymbolShapes<Shape> {
    return inferShapes(this, known, true);
  }

  /** As `inferShape`, with 0 for sizes and `undefined` for shapes that stay unknown. */
  inferShapePartial(known: GivenShapes): SymbolShapes<Shape | undefined> {
    return inferShapes(this, known, false);
  }

  /**
   * Data types of all arguments, outputs and auxiliary states; float32 where nothing says otherwise.
   *
   * @throws DTypeError  types contradict each other, naming the node.
   * @throws UsageError  a name is no input.
   */
  inferType(known: GivenTypes): SymbolTypes<DType> {
    return inferTypes(this, known, true);
  }

  /** As `inferType`, with `undefined` for what stays unknown. */
  inferTypePartial(known: GivenTypes): SymbolTypes<DType | undefined> {
    return inferTypes(this, known, false);
  }

  /** The graph as MXNet 1.9.1 writes it. */
  toJSON(): string {
    return saveJson(this.entries);
  }

  /** A graph from the text or bytes of a `symbol.json` of any MXNet version; see `loadJson`. */
  static fromJSON(content: string | Uint8Array, options: LoadJsonOptions = {}): MxSymbol {
    return loadJson(content, options);
  }

  /**
   * Reads a graph: MXNet's `mx.sym.load`.
   *
   * @param source  a URL, bytes, or in Node a path.
   * @throws FileError   it is not there or cannot be read.
   * @throws GraphError  it is no graph; see `loadJson`. The message names the source.
   */
  static async load(source: ByteSource, options: LoadJsonOptions = {}): Promise<MxSymbol> {
    const bytes = await readSource(source);
    try {
      return loadJson(bytes, options);
    } catch (error) {
      const named = typeof source === "string" || source instanceof URL;
      if (named && error instanceof MxgraftError) error.message = `${source}: ${error.message}`;
      throw error;
    }
  }

  // Arithmetic, under the names Python's operators give the nodes: _plus0, _mulscalar0

  add(other: MxSymbol | number): MxSymbol {
    return this.#binary("_Plus", "_PlusScalar", other);
  }

  sub(other: MxSymbol | number): MxSymbol {
    return this.#binary("_Minus", "_MinusScalar", other);
  }

  /** `other - this`. */
  rsub(other: number): MxSymbol {
    return this.#scalar("_RMinusScalar", other);
  }

  mul(other: MxSymbol | number): MxSymbol {
    return this.#binary("_Mul", "_MulScalar", other);
  }

  div(other: MxSymbol | number): MxSymbol {
    return this.#binary("_Div", "_DivScalar", other);
  }

  /** `other / this`. */
  rdiv(other: number): MxSymbol {
    return this.#scalar("_RDivScalar", other);
  }

  mod(other: MxSymbol | number): MxSymbol {
    return this.#binary("_Mod", "_ModScalar", other);
  }

  /** `other % this`. */
  rmod(other: number): MxSymbol {
    return this.#scalar("_RModScalar", other);
  }

  pow(other: MxSymbol | number): MxSymbol {
    return this.#binary("_Power", "_PowerScalar", other);
  }

  /** `other ** this`. */
  rpow(other: number): MxSymbol {
    return this.#scalar("_rpower_scalar", other);
  }

  neg(): MxSymbol {
    return apply("_MulScalar", { scalar: "-1.0" }, [this]);
  }

  equal(other: MxSymbol | number): MxSymbol {
    return this.#binary("_equal", "_equal_scalar", other);
  }

  notEqual(other: MxSymbol | number): MxSymbol {
    return this.#binary("_not_equal", "_not_equal_scalar", other);
  }

  greater(other: MxSymbol | number): MxSymbol {
    return this.#binary("_greater", "_greater_scalar", other);
  }

  greaterEqual(other: MxSymbol | number): MxSymbol {
    return this.#binary("_greater_equal", "_greater_equal_scalar", other);
  }

  lesser(other: MxSymbol | number): MxSymbol {
    return this.#binary("_lesser", "_lesser_scalar", other);
  }

  lesserEqual(other: MxSymbol | number): MxSymbol {
    return this.#binary("_lesser_equal", "_lesser_equal_scalar", other);
  }

  /** The larger of each pair of elements. */
  maximum(other: MxSymbol | number): MxSymbol {
    return this.#binary("_Maximum", "_MaximumScalar", other);
  }

  /** The smaller of each pair of elements. */
  minimum(other: MxSymbol | number): MxSymbol {
    return this.#binary("_Minimum", "_MinimumScalar", other);
  }

  toString(): string {
    const { name } = this;
    if (name !== null) return `Symbol "${name}"`;
    const names = this.entries.slice(0, 4).map((entry) => entry.node.name);
    return `Symbol group [${names.join(", ")}${this.length > 4 ? ", ..." : ""}]`;
  }

  #binary(withSymbol: string, withScalar: string, other: MxSymbol | number): MxSymbol {
    return typeof other === "number" ? this.#scalar(withScalar, other) : apply(withSymbol, {}, [this, other]);
  }

  #scalar(operator: string, scalar: number): MxSymbol {
    return apply(operator, { scalar }, [this]);
  }

  /** The node, when all outputs are of one. */
  get #node(): GraphNode | undefined {
    const node = this.entries[0]?.node;
    return this.entries.every((entry) => entry.node === node) ? node : undefined;
  }
}

function withShortNames(attributes: ReadonlyMap<string, string>): Map<string, string> {
  const all = new Map(attributes);
  for (const [key, value] of attributes) {
    const short = unhide(key);
    if (short !== undefined) all.set(short, value);
  }
  return all;
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => `"${name}"`);
  return `${shown.join(", ")}${names.length > 8 ? ` and ${names.length - 8} more` : ""}`;
}
