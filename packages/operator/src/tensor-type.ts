import type { DType } from "@mxgraft/base";

/** The type tfjs keeps an MXNet type in: it has float32, int32 and bool only. */
export function tensorType(dtype: DType): "float32" | "int32" | "bool" {
  switch (dtype) {
    case "float32":
    case "float64":
    case "float16":
      return "float32";
    case "bool":
      return "bool";
    default:
      return "int32";
  }
}
