import * as tf from "@tensorflow/tfjs";
import { BACKEND_NAMES, type BackendName } from "./backend-name.ts";
import { probe, setBackend } from "./set-backend.ts";

export interface BackendStatus {
  readonly name: BackendName;
  readonly available: boolean;
  /** Why not, when it is not available. */
  readonly reason?: string;
  /** A few words about it, e.g. a version or the name of an adapter. */
  readonly detail?: string;
}

/**
 * Which backends are here, and why not the others.
 *
 * @param options.start  starts each of them to see that it works, which takes a second or more and much memory;
 *   otherwise only what is installed is looked at. The current backend stays the current one.
 * @param options.names  those to look at; default all.
 */
export async function backendStatus(
  options: { readonly start?: boolean; readonly names?: readonly BackendName[] } = {},
): Promise<BackendStatus[]> {
  const before = tf.getBackend();
  const statuses: BackendStatus[] = [];
  for (const name of options.names ?? BACKEND_NAMES) {
    if (options.start && (await probe(name)).available) await setBackend(name).catch(() => undefined);
    const found = await probe(name);
    if (!found.available) statuses.push({ name, available: false, reason: found.reason });
    else if (found.detail === undefined) statuses.push({ name, available: true });
    else statuses.push({ name, available: true, detail: found.detail });
  }
  if (before && before !== tf.getBackend()) await setBackend(before);
  return statuses;
}
