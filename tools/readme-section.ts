import { readFileSync, writeFileSync } from "node:fs";
import { UsageError } from "@mxgraft/base";

const README = new URL("../README.md", import.meta.url);

/**
 * Replaces what stands between `<!-- NAME: begin (...) -->` and `<!-- NAME: end -->`.
 *
 * @throws UsageError if the text lacks one of the two comments
 */
export function withSection(text: string, name: string, section: string): string {
  const marks = new RegExp(`(<!-- ${name}: begin [^\\n]*-->\\n).*?(\\n<!-- ${name}: end -->)`, "s");
  if (!marks.test(text)) {
    throw new UsageError(
      `README.md has no place for the generated section "${name}": put the comments "<!-- ${name}: begin (...) -->" and "<!-- ${name}: end -->" where it belongs.`,
    );
  }
  return text.replace(marks, (_, begin: string, end: string) => `${begin}${section}${end}`);
}

/** Writes the generated section of that name in the root README. */
export function writeReadmeSection(name: string, section: string): void {
  writeFileSync(README, withSection(readFileSync(README, "utf8"), name, section));
}
