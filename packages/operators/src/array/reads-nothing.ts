/** Of operators that only move numbers: backward reads neither arguments nor outputs. */
export const readsNothing = (): { readonly arguments: readonly number[]; readonly outputs: readonly number[] } => ({
  arguments: [],
  outputs: [],
});
