import type { BackendName } from "./backend-name.ts";
import type { NativeOperatorsState } from "./native-operators-state.ts";

export interface BackendOptions {
  /**
   * Threads of the processor to compute with; the backend's own choice when left out. Heeded by "tensorflow", where it
   * has to be said the first time the backend is chosen, and by "wasm" in browsers.
   */
  readonly threads?: number;
}

/** What can be said about a backend without starting it. */
export type Probe =
  | {
      readonly available: true;
      /** A few words, e.g. the version or the name of the adapter. */
      readonly detail?: string;
      /** Works, but slower than the next best: "auto" passes it over. */
      readonly slow?: boolean;
    }
  | { readonly available: false; readonly reason: string };

/** What differs between Node and browsers; there is one of each kind, and the import map of the package picks it. */
export interface BackendHost {
  /** In which order "auto" tries. */
  readonly preference: readonly BackendName[];
  probe(name: BackendName): Promise<Probe>;
  /**
   * Makes the backend known to tfjs, so that `tf.setBackend` finds it.
   *
   * @throws BackendError  it cannot be loaded.
   */
  load(name: BackendName, options: BackendOptions): Promise<void>;
  loadNativeOperators(name: string): NativeOperatorsState;
  loadSession(model: Uint8Array): number;
}
