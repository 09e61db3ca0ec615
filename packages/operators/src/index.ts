// All of them, by their MXNet names
export { builtins } from "./builtins.ts";
