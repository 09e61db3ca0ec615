import { figureStyle } from "@mxgraft/plot";

/** Drawings have no style of their own: the content security policy of the page would refuse it. */
const style = new CSSStyleSheet();
style.replaceSync(figureStyle("auto"));
document.adoptedStyleSheets.push(style);

/**
 * The elements of a drawing that is part of the page.
 *
 * @param svg  made by mxgraft, which escapes the names that it takes from files.
 */
export function graphDrawing(svg: string): Node[] {
  return [...new DOMParser().parseFromString(svg, "text/html").body.childNodes];
}
