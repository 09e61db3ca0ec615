/** Of operators that have none. */
export type NoAttributes = Record<never, never>;
