// Data types and shapes
export { DTYPES, type DType, type DTypeArrays, dtypeOfFlag, isDType, type TypedArray } from "./dtype.ts";
export {
  equalShapes,
  formatShape,
  isKnown,
  mergeShapes,
  normalizeAxis,
  type Shape,
  sizeOf,
  stridesOf,
} from "./shape.ts";

// Arrays in JavaScript memory
export { float16ToNumber, numberToFloat16 } from "./float16.ts";
export { castHostArray, float32Array, type HostArray, hostArray, numberAt, toFloat32 } from "./host-array.ts";

// Bytes from wherever they are
export { type ByteSource, readSource } from "./read-source.ts";

// Random numbers
export { Random, type RandomState } from "./random.ts";

// Errors
export { didYouMean } from "./did-you-mean.ts";
export {
  AttributeError,
  BackendError,
  DTypeError,
  type ErrorFacts,
  FileError,
  FormatError,
  GraphError,
  MxgraftError,
  RegistryError,
  ShapeError,
  UsageError,
  ValueError,
} from "./errors.ts";
export { invariant } from "./invariant.ts";
