/** A variable of the environment, unless it is empty; browsers have none. */
export function environmentVariable(name: string): string | undefined {
  const process: unknown = Reflect.get(globalThis, "process");
  if (typeof process !== "object" || process === null || !("env" in process)) return undefined;
  const { env } = process;
  if (typeof env !== "object" || env === null) return undefined;
  const value: unknown = Reflect.get(env, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
