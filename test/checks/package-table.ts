/** One row of the package table in the root README: a package, or a subpath of one (`executor/compiled`). */
export interface PackageRow {
  readonly name: string;
  readonly description: string;
  /** Short names of the packages that it may import. */
  readonly mayImport: readonly string[];
}

const BEGIN = "<!-- packages: begin";
const END = "<!-- packages: end";

/** Reads the package table between its two markers. In it, "all above" means every package of an earlier row. */
export function parsePackageTable(readme: string): PackageRow[] {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`README.md has no table between "${BEGIN} -->" and "${END} -->".`);
  const rows: PackageRow[] = [];
  for (const line of readme.slice(begin, end).split("\n")) {
    const cells = line.split("|").map((cell) => cell.trim());
    const name = /`([^`]+)`/.exec(cells[1] ?? "")?.[1];
    if (name === undefined) continue;
    const allowed = cells[3] ?? "";
    const above = rows.map((row) => row.name).filter((row) => !row.includes("/"));
    const mayImport = allowed === "all above" ? above : allowed.split(/[\s,`]+/).filter((word) => /^[a-z]/.test(word));
    rows.push({ name, description: cells[2] ?? "", mayImport });
  }
  return rows;
}
