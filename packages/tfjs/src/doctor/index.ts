// Facts about the installation; for Node

export { type NativeOperatorsStatus, nativeOperatorsStatus } from "./native-operators-status.ts";
export { type TfjsCopy, tfjsCopies } from "./tfjs-copies.ts";
