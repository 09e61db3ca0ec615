import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { FormatError } from "@mxgraft/base";

/**
 * Operators for TensorFlow in C++, as a package declares them in its package.json:
 *
 *   "mxgraft": { "nativeOperators": { "center-loss": { "sources": ["native/a.cc"], "cuda": "native/a.cu" } } }
 *
 * They are compiled on the user's machine, against the TensorFlow that was set up there. Every one is optional: whoever
 * declares it has another way to the same numbers.
 */
export interface NativeOperators {
  /** Letters, digits and dashes: the name that `loadNativeOperators` takes. */
  readonly name: string;
  /** Name of the package that declares them. */
  readonly package: string;
  /** Folder of that package. */
  readonly folder: string;
  /** C++ files with TensorFlow's operators and the entry of a Node addon, relative to the package. */
  readonly sources: readonly string[];
  /** A CUDA file whose PTX code the C++ files find as MXGRAFT_PTX, a path, when TensorFlow is the one for GPUs. */
  readonly cuda?: string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(text: string): boolean {
  return text !== "" && [...text].every((letter) => "abcdefghijklmnopqrstuvwxyz0123456789-".includes(letter));
}

/**
 * The native operators in the text of a package.json.
 *
 * @throws FormatError  they are declared in another form.
 */
export function declaredNativeOperators(text: string, folder: string): NativeOperators[] {
  // Most packages on a machine have none, and parsing takes longer than searching.
  if (!text.includes('"nativeOperators"')) return [];
  const facts: unknown = JSON.parse(text);
  if (!isRecord(facts) || !isRecord(facts.mxgraft) || !isRecord(facts.mxgraft.nativeOperators)) return [];
  const owner = String(facts.name);
  return Object.entries(facts.mxgraft.nativeOperators).map(([name, entry]) => {
    const sources: unknown = isRecord(entry) ? entry.sources : undefined;
    const cuda = isRecord(entry) ? entry.cuda : undefined;
    const files = Array.isArray(sources) ? sources.filter((source) => typeof source === "string") : [];
    if (!isName(name) || !Array.isArray(sources) || files.length === 0 || files.length !== sources.length) {
      throw new FormatError(
        `${join(folder, "package.json")}: "mxgraft.nativeOperators" has "${name}": ${JSON.stringify(entry)}, expected a ` +
          'name of small letters, digits and dashes, and {"sources": [FILE, ...]} with an optional "cuda": FILE.',
        { file: join(folder, "package.json"), argument: name },
      );
    }
    const operators = { name, package: owner, folder, sources: files };
    return typeof cuda === "string" ? { ...operators, cuda } : operators;
  });
}

/** Folders of the packages in a node_modules folder. */
function packagesIn(modules: string): string[] {
  const list = (folder: string) => {
    try {
      return readdirSync(folder).filter((name) => !name.startsWith("."));
    } catch {
      return [];
    }
  };
  return list(modules).flatMap((name) =>
    name.startsWith("@") ? list(join(modules, name)).map((inner) => join(modules, name, inner)) : [join(modules, name)],
  );
}

function readManifest(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, "package.json"), "utf8");
  } catch {
    return undefined;
  }
}

/**
 * The native operators of all packages that are installed beside this one, sorted by name. Of two with one name, which
 * are versions of one package, that counts which this package would import.
 *
 * @param modules  the node_modules folders to look in, the nearest first.
 * @throws FormatError  a package declares them in another form.
 */
export function findNativeOperators(
  modules: readonly string[] = createRequire(import.meta.url).resolve.paths("mxgraft") ?? [],
): NativeOperators[] {
  const found = new Map<string, NativeOperators>();
  for (const folder of modules.flatMap(packagesIn)) {
    const manifest = readManifest(folder);
    if (manifest === undefined) continue;
    for (const operators of declaredNativeOperators(manifest, folder)) {
      if (!found.has(operators.name)) found.set(operators.name, { ...operators, folder: realpathSync(folder) });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
