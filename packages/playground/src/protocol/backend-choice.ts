/** The backends that a page can have, in the order in which they are offered. */
export const PAGE_BACKENDS = ["wasm", "webgl", "webgpu", "cpu"] as const;

export type PageBackend = (typeof PAGE_BACKENDS)[number];

export function isPageBackend(name: string): name is PageBackend {
  return (PAGE_BACKENDS as readonly string[]).includes(name);
}

/** A backend as it is offered. */
export interface BackendChoice {
  readonly name: PageBackend;
  readonly available: boolean;
  /** A few words about it, or why it is not there. */
  readonly detail: string;
}
