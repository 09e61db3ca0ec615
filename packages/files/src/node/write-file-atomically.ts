import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { FileError } from "@mxgraft/base";
import { systemReason } from "./system-reason.ts";

/** The file that a path leads to, through symbolic links, which a rename would replace. */
function followLinks(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let offset = 0;
  // The system may take less than it is given: at a size limit, up to the limit.
  while (offset < bytes.length) offset += fs.writeSync(descriptor, bytes, offset, bytes.length - offset);
}

/** Makes the rename last through a power failure. Not every system can open a folder; the file is whole all the same. */
function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = fs.openSync(folder, "r");
  } catch {
    return;
  }
  try {
    fs.fsyncSync(descriptor);
  } catch {
    // Network file systems refuse; nothing can be done.
  } finally {
    fs.closeSync(descriptor);
  }
}

/**
 * Writes a file so that at any moment, whatever fails, its path holds the whole old or the whole new content: into a
 * temporary file beside it, synchronised, then renamed. It blocks on purpose: no signal handler and no other writer of
 * this process runs in between. A process that is killed in the middle leaves `.NAME.*.tmp` behind.
 *
 * @throws FileError  the folder is not there or not writable, the disk is full, a size limit is reached. The temporary
 *                    file is removed and the old file whole.
 */
export function writeFileAtomically(file: string, bytes: Uint8Array): void {
  const target = followLinks(file);
  const folder = path.dirname(target);
  const temporary = path.join(folder, `.${path.basename(target)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
  let descriptor: number | undefined;
  let made = false;
  try {
    const old = fs.statSync(target, { throwIfNoEntry: false });
    if (old?.isDirectory()) throw new FileError(`Cannot write "${file}": it is a folder. Name a file in it.`, { file });
    // "wx": never an existing file, never through a link that somebody has put there.
    descriptor = fs.openSync(temporary, "wx", old === undefined ? 0o666 : old.mode & 0o777);
    made = true;
    writeAll(descriptor, bytes);
    fs.fsyncSync(descriptor);
    fs.closeSync(descriptor);
    descriptor = undefined;
    fs.renameSync(temporary, target);
    made = false;
    syncFolder(folder);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(
      `Cannot write "${file}" (${bytes.length} bytes): ${systemReason(cause)} What was there before is unchanged.`,
      { file },
      { cause },
    );
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
    if (made) fs.rmSync(temporary, { force: true });
  }
}
