/** How much a change asks of those who use the package. */
export type Size = "patch" | "minor" | "major";

/** What one file of .changes/ says. */
export interface Change {
  /** Short package names with the size of their change. */
  readonly packages: ReadonlyMap<string, Size>;
  /** For the changelog; Markdown. */
  readonly text: string;
}

const SIZES: readonly string[] = ["patch", "minor", "major"] satisfies readonly Size[];

/**
 * Reads a change file: lines `package: size` between two lines `---`, then the text.
 *
 * @param known the packages that exist.
 * @throws Error that names the file and the line, when it is anything else.
 */
export function parseChange(file: string, content: string, known: readonly string[]): Change {
  const lines = content.split(/\r?\n/);
  const end = lines.indexOf("---", 1);
  if (lines[0] !== "---" || end < 0)
    throw new Error(`${file}: expected lines "package: size" between two lines "---".`);
  const packages = new Map<string, Size>();
  for (const line of lines.slice(1, end)) {
    const [name = "", size = ""] = line.split(":").map((part) => part.trim());
    if (!known.includes(name))
      throw new Error(`${file}: there is no package "${name}"; there are ${known.join(", ")}.`);
    if (!isSize(size)) throw new Error(`${file}: "${name}" is "${size}", expected ${SIZES.join(", ")}.`);
    packages.set(name, size);
  }
  const text = lines
    .slice(end + 1)
    .join("\n")
    .trim();
  if (packages.size === 0 || text === "") throw new Error(`${file}: expected at least one package, and a text.`);
  return { packages, text };
}

function isSize(text: string): text is Size {
  return SIZES.includes(text);
}
