/** What is different about a node; `change` reads as a sentence after its name. */
export interface NodeChange {
  readonly node: string;
  readonly change: string;
}

export interface GraphReport {
  /** Version that wrote the file, `"0.9.4"`; `null` where it does not say, as before 0.9. */
  readonly fromVersion: string | null;
  readonly toVersion: string;
  readonly nodes: number;
  readonly changes: readonly NodeChange[];
  /** Operators that nobody registered, by their nodes: taken over as they stand. */
  readonly unknownOperators: readonly { readonly operator: string; readonly nodes: readonly string[] }[];
}

export interface ParametersReport {
  readonly arrays: number;
  /** How many of them are sparse, and stay so. */
  readonly sparse: number;
  /** Arrays of each age, V0 to V3; see `ParamsFormat`. */
  readonly fromFormats: Readonly<Record<string, number>>;
  readonly toFormat: "V2" | "V3";
  readonly dtypes: Readonly<Record<string, number>>;
  /** Bytes of the file before and after. */
  readonly bytes: readonly [before: number, after: number];
}

export interface MxnetReport {
  readonly graph: GraphReport;
  /** Absent when there were no parameters to convert. */
  readonly parameters?: ParametersReport;
}
