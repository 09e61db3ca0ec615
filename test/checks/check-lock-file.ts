/** The parts of package-lock.json (version 3) that the check reads. */
export interface LockFile {
  readonly lockfileVersion?: number;
  readonly packages: Readonly<Record<string, LockEntry>>;
}

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly optional?: boolean;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * Checks package-lock.json. npm forgets the optional packages of other platforms when it writes a lock file beside an
 * existing node_modules; `npm ci` then fails, or silently installs no esbuild, on macOS and Windows. And it should
 * name no registry host: whoever installs uses their own registry.
 */
export function checkLockFile(lock: LockFile): string[] {
  const problems: string[] = [];
  if (lock.lockfileVersion !== 3) problems.push(`package-lock.json has version ${lock.lockfileVersion}, expected 3`);
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isLocked(path, name)) problems.push(`"${path}" has the optional dependency "${name}", which has no entry`);
    }
    if (/^https?:/.test(entry.resolved ?? "")) problems.push(`"${path}" names a registry: ${entry.resolved}`);
    const isInstalled = path.includes("node_modules/") && !entry.link && !entry.inBundle;
    if (isInstalled && entry.integrity === undefined) problems.push(`"${path}" has no integrity hash`);
  }
  return problems;

  /** Node's own search: node_modules of the folder, then of each folder above it. */
  function isLocked(path: string, name: string): boolean {
    for (let folder = path; ; ) {
      if (lock.packages[`${folder === "" ? "" : `${folder}/`}node_modules/${name}`] !== undefined) return true;
      if (folder === "") return false;
      const nested = folder.lastIndexOf("/node_modules/");
      folder = nested >= 0 ? folder.slice(0, nested) : "";
    }
  }
}
