import type { Change } from "./change-file.ts";

/**
 * The version after `version` with these changes: the largest change decides. Before 1.0.0 a major change raises the
 * minor number, as npm's own ranges expect.
 */
export function nextVersion(version: string, changes: readonly Change[]): string {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const sizes = new Set(changes.flatMap((change) => [...change.packages.values()]));
  if (sizes.has("major") && major > 0) return `${major + 1}.0.0`;
  if (sizes.has("major") || sizes.has("minor")) return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}
