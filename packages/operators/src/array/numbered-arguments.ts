/** The names `arg0`, `arg1`, ... of operators with any number of arguments. */
export function numberedArguments({ num_args }: { readonly num_args: number }): string[] {
  return Array.from({ length: num_args }, (_, i) => `arg${i}`);
}
