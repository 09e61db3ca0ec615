/** Something that users of a package may import. */
export interface Entry {
  /** E.g. `@mxgraft/files/node`. */
  readonly specifier: string;
  /** Are there declarations for it? Plain JavaScript entries such as `mxgraft/register` have none. */
  readonly typed: boolean;
}

/** The entries of a package, from the `exports` of its package.json, without `./package.json`. */
export function entriesOf(manifest: {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}): Entry[] {
  return Object.entries(manifest.exports ?? {})
    .filter(([subpath]) => subpath !== "./package.json")
    .map(([subpath, target]) => ({
      specifier: `${manifest.name}${subpath.slice(1)}`,
      typed: typeof target === "object" && target.types !== undefined,
    }));
}
