import type { GraphType } from "@mxgraft/operator";

// The messages of tensorflow-proto.ts as values: what is absent has its default.

/** `DataType`, by TensorFlow's number. */
export const GRAPH_TYPE_NUMBERS: { readonly [T in GraphType]: number } = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  int8: 6,
  string: 7,
  int64: 9,
  bool: 10,
  float16: 19,
  resource: 20,
};

export interface ShapeMessage {
  readonly dim?: readonly { readonly size: number }[];
  readonly unknown_rank?: boolean;
}

export interface TensorMessage {
  readonly dtype: number;
  readonly tensor_shape: ShapeMessage;
  readonly tensor_content?: Uint8Array;
  readonly string_val?: readonly Uint8Array[];
}

export interface AttributeMessage {
  readonly list?: {
    readonly s?: readonly Uint8Array[];
    readonly i?: readonly number[];
    readonly f?: readonly number[];
    readonly b?: readonly boolean[];
    readonly type?: readonly number[];
    readonly shape?: readonly ShapeMessage[];
  };
  readonly s?: Uint8Array;
  readonly i?: number;
  readonly f?: number;
  readonly b?: boolean;
  readonly type?: number;
  readonly shape?: ShapeMessage;
  readonly tensor?: TensorMessage;
  readonly func?: { readonly name: string };
}

export interface NodeMessage {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, AttributeMessage>>;
}

export interface ArgMessage {
  readonly name: string;
  readonly type?: number;
  readonly type_attr?: string;
  readonly number_attr?: string;
  readonly type_list_attr?: string;
}

export interface OpMessage {
  readonly name: string;
  readonly input_arg?: readonly ArgMessage[];
  readonly output_arg?: readonly ArgMessage[];
  readonly attr?: readonly {
    readonly name: string;
    readonly type: string;
    readonly default_value?: AttributeMessage;
  }[];
  readonly is_stateful?: boolean;
  readonly control_output?: readonly string[];
}

export interface FunctionMessage {
  readonly signature: OpMessage;
  readonly node_def: readonly NodeMessage[];
  readonly ret: Readonly<Record<string, string>>;
  readonly control_ret?: Readonly<Record<string, string>>;
}

export interface GraphMessage {
  readonly node: readonly NodeMessage[];
  readonly versions?: { readonly producer: number; readonly min_consumer?: number };
}

export interface TensorInfoMessage {
  readonly name: string;
  readonly dtype: number;
  readonly tensor_shape: ShapeMessage;
}

export interface SavedModelMessage {
  readonly saved_model_schema_version: number;
  readonly meta_graphs: readonly {
    readonly meta_info_def: { readonly tags: readonly string[] };
    readonly graph_def: GraphMessage;
    readonly signature_def?: Readonly<
      Record<
        string,
        {
          readonly inputs: Readonly<Record<string, TensorInfoMessage>>;
          readonly outputs: Readonly<Record<string, TensorInfoMessage>>;
          readonly method_name: string;
        }
      >
    >;
  }[];
}

/** The messages that are encoded as a whole, by name. */
export interface Messages {
  readonly FunctionDef: FunctionMessage;
  readonly FunctionDefLibrary: { readonly function: readonly FunctionMessage[] };
  readonly GraphDef: GraphMessage;
  readonly OpList: { readonly op: readonly OpMessage[] };
  readonly SavedModel: SavedModelMessage;
  readonly TensorProto: TensorMessage;
}
