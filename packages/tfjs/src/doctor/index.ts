// Facts about the installation; for Node

export { type TfjsCopy, tfjsCopies } from "./tfjs-copies.ts";
