import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { FileError } from "@mxgraft/base";
import { writeFileAtomically } from "@mxgraft/files/node";

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EEXIST", "it is a file."],
  ["ENOTDIR", "a part of the path is a file, not a folder."],
  ["EACCES", "permission denied."],
  ["EPERM", "the operation is not permitted."],
  ["EROFS", "the file system is read-only."],
  ["ENOSPC", "no space is left on the device."],
]);

/**
 * Makes a folder if it is not there, and sees whether files can be written into it: better said before a long training
 * than at its first checkpoint.
 *
 * @throws FileError  it cannot be made, or not be written to.
 */
export function ensureWritableFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const reason = REASONS.get(code) ?? `${cause instanceof Error ? cause.message : String(cause)}.`;
    throw new FileError(
      `Cannot make the folder "${folder}": ${reason} Choose another one.`,
      { file: folder },
      { cause },
    );
  }
  const probe = join(folder, `.mxgraft-${process.pid}`);
  try {
    writeFileAtomically(probe, Uint8Array.of(0));
  } catch (cause) {
    throw new FileError(
      `The folder "${folder}" cannot be written to. ${cause instanceof Error ? cause.message : String(cause)}`,
      { file: folder },
      { cause },
    );
  } finally {
    rmSync(probe, { force: true });
  }
}
