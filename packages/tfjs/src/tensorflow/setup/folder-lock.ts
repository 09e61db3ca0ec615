import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether the process that wrote a lock still runs. One on another machine (a shared home) is taken to. */
function isAlive(owner: string): boolean {
  const [pid, host] = owner.split(" ");
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

/** @returns the owner of the lock afterwards; the empty string when it was released meanwhile. */
async function tryToTake(file: string, owner: string): Promise<string> {
  // Linked, not written in place: whoever sees the lock sees its owner.
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, owner);
  try {
    await link(own, file);
    return owner;
  } catch (error) {
    if (!isTaken(error)) throw error;
    const holder = await readFile(file, "utf8").catch(() => "");
    if (holder === "" || isAlive(holder)) return holder;
    // Left behind by a process that was killed. Of two that replace it at the same time, the later one has it.
    await rename(own, file);
    await sleep(100);
    return await readFile(file, "utf8").catch(() => "");
  } finally {
    await rm(own, { force: true });
  }
}

/**
 * Runs `work` while no other process does so for the same folder; waits for one that does.
 *
 * @param onWait  called once, with the process id of the other.
 */
export async function withFolderLock<T>(
  folder: string,
  onWait: (pid: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, "lock");
  // The last part tells apart two callers in one process.
  const owner = `${process.pid} ${hostname()} ${randomUUID()}`;
  let waited = false;
  for (;;) {
    const holder = await tryToTake(file, owner);
    if (holder === owner) break;
    if (!waited && holder !== "") {
      onWait(holder.split(" ")[0] ?? "");
      waited = true;
    }
    await sleep(250);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}
