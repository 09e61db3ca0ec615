import { host } from "#backend-host";

/**
 * A session of TensorFlow for a graph. The model goes through a temporary folder that is gone when this returns.
 *
 * @param model  bytes of a `saved_model.pb` with the tag "serve" and without variables.
 * @returns its number for `runSavedModel` and `deleteSavedModel` of the binding.
 * @throws BackendError         the backend "tensorflow" is not loaded.
 * @throws Error of TensorFlow  it does not take the graph.
 */
export function loadSession(model: Uint8Array): number {
  return host.loadSession(model);
}
