/** MXNet's built-in operators, each under its canonical MXNet name. */
export const builtins = {} as const;
