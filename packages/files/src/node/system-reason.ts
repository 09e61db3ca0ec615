const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file or folder. Check the path."],
  ["ENOTDIR", "a part of the path is a file, not a folder. Check the path."],
  ["EISDIR", "it is a folder. Name a file in it."],
  ["EACCES", "permission denied. Change the permissions, or use another folder."],
  ["EPERM", "the operation is not permitted. Change the permissions, or use another folder."],
  ["EROFS", "the file system is read-only. Use another folder."],
  ["ENOSPC", "no space is left on the device. Free some, or use another folder."],
  ["EDQUOT", "the disk quota is used up. Free some space, or use another folder."],
  ["EFBIG", "the file would be larger than the limit on file sizes. Raise it (ulimit -f), or use another folder."],
  ["EMFILE", "too many files are open. Close some, or raise the limit (ulimit -n)."],
  ["ENAMETOOLONG", "the name is too long. Use a shorter one."],
  ["ELOOP", "symbolic links lead around in a circle. Check the path."],
  ["EIO", "the device reported an error. Check the disk."],
]);

/** What a system error means and what to do about it, as the end of a sentence. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return REASONS.get(code) ?? `${error.message}.`;
}
