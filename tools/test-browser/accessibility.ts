import { POINT_OPACITY } from "@mxgraft/plot";
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
 * The digits whose points stand out from the plane by less than 3 to 1 (WCAG 2.2, 1.4.11): canvases have no elements that
 * axe-core would look at, but the legend has the same colours.
 */
const FAINT_DIGITS = `(() => {
  const { Color, getContrast } = axe.commons.color;
  const background = (element) => {
    const color = new Color();
    color.parseString(getComputedStyle(element).backgroundColor);
    return color;
  };
  const paper = background(document.querySelector(".plot"));
  return [...document.querySelectorAll("#legend i")].flatMap((dot, digit) => {
    const color = background(dot);
    color.alpha = ${POINT_OPACITY};
    const contrast = getContrast(paper, color);
    return contrast < 3 ? [digit + " by " + contrast.toFixed(2)] : [];
  });
})()`;

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
    for (const digit of await page.evaluate<string[]>(FAINT_DIGITS)) found.push(`${name}: too faint is ${digit}`);
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
