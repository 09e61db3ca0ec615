import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The fields of a package.json that the checks read. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly engines?: { readonly node?: string };
  readonly sideEffects?: boolean | readonly string[];
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly files?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A folder of `packages/`, or `tools`, or `test`. */
export interface WorkspacePackage {
  /** Relative to the root, e.g. `packages/base`. */
  readonly folder: string;
  /** Its row in the package table: the folder's own name. */
  readonly short: string;
  readonly manifest: Manifest;
  /** Paths relative to `folder`, with `/`. */
  readonly files: readonly string[];
}

/** What is in the repository: as data, so that tests can also make bad ones. */
export interface Repository {
  /** All files that git tracks or would track, relative to the root. */
  readonly files: readonly string[];
  readonly root: Manifest;
  /** Folders of `packages/`, in the order of their names. */
  readonly packages: readonly WorkspacePackage[];
  /** `tools` and `test`: private, may import anything. */
  readonly others: readonly WorkspacePackage[];
  /** Text of a file, by its path relative to the root. */
  read(file: string): string;
}

/** Reads the repository that this file lies in. */
export function readRepository(): Repository {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const files = [...new Set(listed.split("\0"))].filter((file) => file !== "" && existsSync(join(root, file))).sort();
  return makeRepository(files, (file) => readFileSync(join(root, file), "utf8"));
}

/** A repository from a list of files and a way to read them. */
export function makeRepository(files: readonly string[], read: (file: string) => string): Repository {
  const packages: WorkspacePackage[] = [];
  const others: WorkspacePackage[] = [];
  for (const file of files) {
    const folder = /^(packages\/[^/]+|tools|test)\/package\.json$/.exec(file)?.[1];
    if (folder === undefined) continue;
    const inside = files.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
    const short = folder.slice(folder.lastIndexOf("/") + 1);
    const list = folder.startsWith("packages/") ? packages : others;
    list.push({ folder, short, manifest: JSON.parse(read(file)), files: inside });
  }
  return { files, read, packages, others, root: JSON.parse(read("package.json")) };
}

/** A small repository from texts by path, for tests of the checks. */
export function fakeRepository(texts: Readonly<Record<string, string>>): Repository {
  const all: Readonly<Record<string, string>> = { "package.json": "{}", ...texts };
  return makeRepository(Object.keys(all).sort(), (file) => {
    const text = all[file];
    if (text === undefined) throw new Error(`no file ${file}`);
    return text;
  });
}
