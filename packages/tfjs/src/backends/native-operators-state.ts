/** Whether native operators can be used, and if not, why and what to do. */
export type NativeOperatorsState =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string };
