// Reading by path
export { loadMNISTIter } from "./load-mnist-iter.ts";
