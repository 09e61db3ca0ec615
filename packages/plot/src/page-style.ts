import { FONT, figureStyle, SHADES, type Theme } from "./figure-style.ts";

function variables(mode: "light" | "dark"): string {
  const { paper, ink, faint, frame, grid } = SHADES[mode];
  return `:root{--paper:${paper};--ink:${ink};--faint:${faint};--frame:${frame};--grid:${grid};color-scheme:${mode}}`;
}

const LAYOUT = `
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 ${FONT}}
main{max-width:1320px;margin:0 auto;padding:20px clamp(14px,3vw,36px) 32px}
h1{font-size:clamp(20px,2.4vw,26px);line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere}
h2{font-size:15px;margin:0 0 2px}
p{margin:0}
.note{color:var(--faint);max-width:75ch;overflow-wrap:anywhere}
#controls{position:sticky;top:0;z-index:1;background:var(--paper);border-bottom:1px solid var(--grid);padding:10px 0;margin:10px 0 16px;display:flex;flex-wrap:wrap;align-items:center;gap:6px 16px}
#controls[hidden]{display:none}
#play{min-width:84px;min-height:40px;font:inherit;font-weight:600;color:var(--paper);background:var(--ink);border:0;border-radius:8px;cursor:pointer}
.epoch{display:flex;align-items:center;gap:10px;flex:1 1 260px;min-width:0}
.epoch output{min-width:2.5ch;font-variant-numeric:tabular-nums;font-weight:600;text-align:right}
input[type=range]{flex:1 1 auto;min-width:90px;height:32px;margin:0;accent-color:#0072b2;cursor:pointer}
.check{display:flex;align-items:center;gap:8px;min-height:32px;cursor:pointer}
.check input{width:18px;height:18px;margin:0;accent-color:#0072b2}
#summary{flex:1 1 100%;color:var(--faint);font-variant-numeric:tabular-nums;min-height:1.5em;overflow-wrap:anywhere}
:focus-visible{outline:3px solid #56b4e9;outline-offset:2px}
.layout{display:grid;grid-template-columns:minmax(0,1fr);gap:16px 28px}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:16px;align-items:start}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,280px),1fr));gap:12px;align-content:start}
figure{margin:0;min-width:0}
svg.mxg{display:block;width:100%;height:auto}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;margin:14px 0 0;padding:0}
.legend li{display:flex;align-items:center;gap:6px;max-width:100%;overflow-wrap:anywhere}
.legend svg.mxg{width:16px;height:16px;flex:none}
@media (min-width:1000px){.layout.wide{grid-template-columns:minmax(0,2.3fr) minmax(260px,1fr)}.layout.wide .charts{grid-template-columns:minmax(0,1fr)}}
@media (max-height:520px){#controls{position:static}}
@media print{#controls{display:none}}
`;

/** The style sheet of the page, figures included. */
export function pageStyle(theme: Theme): string {
  const colors =
    theme === "auto"
      ? `${variables("light")}@media screen and (prefers-color-scheme:dark){${variables("dark")}}`
      : variables(theme);
  return colors + LAYOUT.replaceAll("\n", "") + figureStyle(theme);
}
