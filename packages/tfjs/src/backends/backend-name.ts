/** Every backend that mxgraft knows, by tfjs's names. */
export const BACKEND_NAMES = ["tensorflow", "webgpu", "wasm", "webgl", "cpu"] as const;

export type BackendName = (typeof BACKEND_NAMES)[number];

export function isBackendName(name: string): name is BackendName {
  return (BACKEND_NAMES as readonly string[]).includes(name);
}
