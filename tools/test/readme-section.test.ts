import { expect, test } from "vitest";
import { withSection } from "../readme-section.ts";

const text =
  "# A\n<!-- x: begin (npm run x) -->\nold\nlines\n<!-- x: end -->\n<!-- y: begin (z) -->\nkept\n<!-- y: end -->\n";

test("a generated section is replaced, all else stays", () => {
  expect(withSection(text, "x", "new $& text")).toBe(
    "# A\n<!-- x: begin (npm run x) -->\nnew $& text\n<!-- x: end -->\n<!-- y: begin (z) -->\nkept\n<!-- y: end -->\n",
  );
});

test("a README without the section is an error that says what to put there", () => {
  expect(() => withSection(text, "speed", "new")).toThrow(
    'README.md has no place for the generated section "speed": put the comments "<!-- speed: begin (...) -->"',
  );
});
