import { AttributeError, didYouMean, GraphError } from "@mxgraft/base";
import {
  type AttributeValue,
  atNode,
  CUSTOM,
  formatAttribute,
  type OperatorSpec,
  operators,
  type ResolvedOperator,
} from "@mxgraft/operator";
import { type AttributeTexts, AttrScope } from "./attr-scope.ts";
import { GraphNode, type NodeEntry } from "./graph-node.ts";
import { HIDDEN_KEYS, hiddenSuffix, hide } from "./hidden-keys.ts";
import { inputNames, setInputInitializers } from "./input-attributes.ts";
import { NameManager } from "./name-manager.ts";
import { resolveNode } from "./resolve-node.ts";
import { MxSymbol } from "./symbol.ts";

/** What an operator is applied to: inputs are symbols, attributes are everything else; `name` and `attr` are its own. */
export interface ApplyOptions {
  readonly name?: string | undefined;
  /** More attributes, for training and placing: `{ lr_mult: "2" }`. Inputs made for it get them too. */
  readonly attr?: AttributeTexts | undefined;
  readonly [inputOrAttribute: string]: MxSymbol | AttributeValue | AttributeTexts | undefined;
}

/** Modules of `mx.sym` whose operators have a longer name; the node is named after the short one. */
const MODULES: readonly string[] = ["_contrib_", "_linalg_", "_sparse_", "_image_", "_random_"];

/**
 * A node: an operator applied to inputs. Inputs that are not given become variables, `conv0_weight`, with the
 * attributes of the node.
 *
 * @param operator    a registered operator by any of its names, or a spec. An automatic name comes from the name used
 *   here: `_Plus` gives `_plus0`, though the node is an `elemwise_add`.
 * @param positional  the first inputs, in the operator's order.
 * @throws RegistryError   the operator, or the `op_type` of `Custom`, is not registered.
 * @throws AttributeError  an attribute is missing, unknown or cannot be parsed.
 * @throws GraphError      an input has an unknown name, is given twice, or is a symbol with several outputs.
 */
export function apply(
  operator: string | OperatorSpec,
  options: ApplyOptions = {},
  positional: readonly MxSymbol[] = [],
): MxSymbol {
  const called = typeof operator === "string" ? operator : operator.name;
  const module = MODULES.find((prefix) => called.startsWith(prefix)) ?? "";
  const name = NameManager.current.get(options.name, called.slice(module.length).toLowerCase());
  const spec = typeof operator === "string" ? undefined : operator;
  return atNode(name, called, () => {
    const op = typeof operator !== "string" || operator === CUSTOM ? called : operators.get(operator).name;
    const { attributes, keywords } = split(options);
    const countAttribute = (spec ?? operators.find(called))?.countAttribute;
    if (countAttribute !== undefined && !attributes.has(countAttribute)) {
      attributes.set(countAttribute, String(positional.length + keywords.size));
    }
    // Parsed with a node that has no inputs yet: their names depend on the attributes.
    const resolved = resolveNode(new GraphNode({ op, name, attributes, spec }));
    const inputs = chooseInputs(name, resolved, attributes, positional, keywords);
    setInputInitializers(resolved, inputs);
    return MxSymbol.ofNode(new GraphNode({ op, name, attributes, inputs, spec }));
  });
}

function split(options: ApplyOptions): { attributes: Map<string, string>; keywords: Map<string, MxSymbol> } {
  const { name: _, attr, ...given } = options;
  const attributes = new Map<string, string>();
  const keywords = new Map<string, MxSymbol>();
  const add = (key: string, value: string) => attributes.set(attributeName(key), value);
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (value instanceof MxSymbol) keywords.set(key, value);
    else if (isAttributeValue(value)) add(key, formatAttribute(value));
    else throw new AttributeError(`attribute "${key}" is an object, expected a value or a symbol.`, { argument: key });
  }
  for (const [key, value] of AttrScope.merged(attr)) add(key, value);
  return { attributes, keywords };
}

function isAttributeValue(value: AttributeValue | AttributeTexts): value is AttributeValue {
  return value === null || typeof value !== "object" || Array.isArray(value);
}

/** As MXNet: what begins with a hidden key is hidden, what only ends with one was meant for a variable. */
function attributeName(key: string): string {
  if (HIDDEN_KEYS.some((hidden) => key.startsWith(hidden))) return hide(key);
  const suffix = hiddenSuffix(key);
  if (suffix === undefined) return key;
  const input = key.slice(0, -suffix.length - 1);
  throw new AttributeError(
    `attribute "${key}" belongs to the input "${input}". Give it as ${input}: variable("...", { attr: { ${suffix}: "..." } }).`,
    { argument: key },
  );
}

function chooseInputs(
  name: string,
  operator: ResolvedOperator,
  attributes: ReadonlyMap<string, string>,
  positional: readonly MxSymbol[],
  keywords: ReadonlyMap<string, MxSymbol>,
): NodeEntry[] {
  const names = inputNames(operator);
  const listed = names.length > 0 ? names.map((known) => `"${known}"`).join(", ") : "none";
  if (positional.length > names.length) {
    throw new GraphError(`${positional.length} inputs were given, expected ${names.length}: ${listed}.`, {
      expected: names.length,
      actual: positional.length,
    });
  }
  for (const given of keywords.keys()) {
    const at = names.indexOf(given);
    if (at >= positional.length) continue;
    const why = at < 0 ? "it has no such input" : `input ${at} was also given by position`;
    throw new GraphError(`input "${given}": ${why}; its inputs are ${listed}.${didYouMean(given, names)}`, {
      argument: given,
      expected: names,
    });
  }
  const states = operator.spec.auxiliaryStates(operator.attributes).length;
  return names.map((input, i): NodeEntry => {
    const symbol = positional[i] ?? keywords.get(input);
    const source = symbol?.singleEntry(`input "${input}"`) ?? {
      node: new GraphNode({ op: null, name: name === "" ? input : `${name}_${input}`, attributes }),
      index: 0,
      version: 0,
    };
    if (source.node.op !== null) {
      if (i < names.length - states) return source;
      throw new GraphError(`auxiliary state "${input}" is "${source.node.name}", expected a variable.`, {
        argument: input,
        actual: source.node.name,
      });
    }
    const isState = i >= names.length - states;
    return { ...source, version: isState ? source.node.countWrite() : source.node.writes };
  });
}
