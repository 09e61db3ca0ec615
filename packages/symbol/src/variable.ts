import { AttributeError, DTYPES, type DType, type Shape } from "@mxgraft/base";
import { formatAttribute } from "@mxgraft/operator";
import { type AttributeTexts, AttrScope } from "./attr-scope.ts";
import { GraphNode } from "./graph-node.ts";
import { HIDDEN_KEYS, hiddenSuffix, hide } from "./hidden-keys.ts";
import { MxSymbol } from "./symbol.ts";

export interface VariableOptions {
  /** What is known of the shape; 0 for sizes that are not. */
  readonly shape?: Shape;
  readonly dtype?: DType;
  /** Factor of the learning rate. */
  readonly lrMult?: number;
  /** Factor of the weight decay. */
  readonly wdMult?: number;
  /** An initializer as MXNet writes it, `["normal", {"sigma": 0.01}]`, or anything that can write itself so. */
  readonly init?: string | { dumps(): string };
  readonly attr?: AttributeTexts;
}

/**
 * A variable: an input of a graph, a parameter or an auxiliary state. `mx.sym.Variable`.
 *
 * @throws AttributeError  an attribute belongs to another variable (`weight_lr_mult`).
 */
export function variable(name: string, options: VariableOptions = {}): MxSymbol {
  const { shape, dtype, lrMult, wdMult, init, attr } = options;
  const attributes = new Map<string, string>();
  for (const [key, value] of AttrScope.merged(attr)) attributes.set(hiddenName(key), value);
  if (shape !== undefined) attributes.set("__shape__", formatAttribute(shape));
  if (lrMult !== undefined) attributes.set("__lr_mult__", formatAttribute(lrMult));
  if (wdMult !== undefined) attributes.set("__wd_mult__", formatAttribute(wdMult));
  if (dtype !== undefined) attributes.set("__dtype__", String(DTYPES[dtype].flag));
  if (init !== undefined) attributes.set("__init__", typeof init === "string" ? init : init.dumps());
  return new MxSymbol([{ node: new GraphNode({ op: null, name, attributes }), index: 0, version: 0 }]);
}

/**
 * The name under which an attribute is kept: `__lr_mult__` for `lr_mult`.
 *
 * @throws AttributeError  the attribute is one of another variable.
 */
export function hiddenName(key: string): string {
  if (HIDDEN_KEYS.includes(key)) return hide(key);
  const suffix = hiddenSuffix(key);
  if (suffix === undefined) return key;
  const owner = key.slice(0, -suffix.length - 1);
  throw new AttributeError(
    `attribute "${key}" belongs to the variable "${owner}". Give the operator variable("..._${owner}", { attr: { ${suffix}: ... } }) as "${owner}".`,
    { argument: key },
  );
}
