/** The package that a bare specifier names: `@a/b/c` is of `@a/b`; undefined for relative paths, `node:` and `#` names. */
export function packageNameOf(specifier: string): string | undefined {
  if (/^[./#]/.test(specifier) || specifier.includes(":")) return undefined;
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}
