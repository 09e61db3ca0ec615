// The package has no declarations. It is an array of plug-ins, which size-limit's own types call functions.
declare module "@size-limit/file" {
  const plugins: ((...args: unknown[]) => unknown)[];
  export default plugins;
}
