/** The parts of TensorFlow's OpDef that a definition is written from. */
export interface OpDef {
  readonly name: string;
  readonly input_arg: readonly ArgDef[];
  readonly output_arg: readonly ArgDef[];
  readonly attr: readonly {
    readonly name: string;
    readonly type: string;
    readonly default_value?: { readonly type?: number };
  }[];
  readonly is_stateful?: boolean;
}

interface ArgDef {
  readonly name: string;
  readonly type?: number;
  readonly type_attr?: string;
  readonly number_attr?: string;
  readonly type_list_attr?: string;
}

function argument({ name, type = 0, type_attr, number_attr, type_list_attr }: ArgDef, types: TypeNames): string {
  if (type_list_attr) return `${name}: [${type_list_attr}]`;
  const element = type_attr || types(type);
  return `${name}: ${number_attr ? `${number_attr} * ` : ""}${element}`;
}

/** The name of a data type by TensorFlow's number; of one that graphs here never have, a name that is no type. */
type TypeNames = (type: number) => string;

const KINDS = ["int", "float", "bool", "string", "type", "shape"];

function attribute({ name, type, default_value }: OpDef["attr"][number], types: TypeNames): string {
  const kind = KINDS.includes(type) || KINDS.some((one) => type === `list(${one})`) ? type : "other";
  if (default_value === undefined) return `${name}: ${kind}`;
  return kind === "type" ? `${name}: ${kind} = ${types(default_value.type ?? 0)}` : `${name}?: ${kind}`;
}

/** An operator as one line, in the form that `NativeDefinitions` of the package operator describes. */
export function definitionLine(op: OpDef, types: TypeNames): string {
  const inputs = op.input_arg.map((one) => argument(one, types)).join(", ");
  const outputs = op.output_arg.map((one) => argument(one, types)).join(", ");
  const attributes = op.attr.map((one) => attribute(one, types)).join(", ");
  return `${op.name}(${inputs}) -> (${outputs}) {${attributes}}${op.is_stateful ? " stateful" : ""}`;
}
