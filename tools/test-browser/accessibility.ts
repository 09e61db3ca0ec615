import axe from "axe-core";
import type { Page } from "playwright-core";

/** What the page is looked at in: how it is coloured, and how wide it is. */
const MODES = [
  { name: "light", colorScheme: "light", width: 1440 },
  { name: "dark", colorScheme: "dark", width: 1440 },
  { name: "light, on a phone", colorScheme: "light", width: 360 },
  { name: "dark, on a phone", colorScheme: "dark", width: 360 },
] as const;

/** What axe-core gives of what it found; the part that is used. */
interface Violations {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/**
 * What axe-core finds wrong with the page as it is now, by its rules of WCAG 2.2 (A and AA) and of good practice, in
 * light and dark colours, on a desktop and on a phone; nothing, when all is well.
 */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const { name, colorScheme, width } of MODES) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    // Colours glide from one mode to the other.
    await page.evaluate(async () => {
      await new Promise(requestAnimationFrame);
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    });
    // Evaluated from outside the page: its policy lets no other scripts in.
    await page.evaluate(`"axe" in window || (() => { ${axe.source} })()`);
    const { violations } = await page.evaluate<Violations>(
      `axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })`,
    );
    for (const { id, help, nodes } of violations) {
      for (const { html, failureSummary = "" } of nodes) {
        found.push(`${name}: ${help} (${id}): ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, " ")}`);
      }
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}
