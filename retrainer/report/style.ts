/** Styles in the dashboard's light and dark colours, embedded so that the file can be sent and archived. */
export const style = `
:root { color-scheme: light dark; --ground: #f4f6f7; --surface: #fff; --line: #e1e7ea; --ink: #17252c; --soft: #5c6f78; --accent: #0f766e; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0f1518; --surface: #172024; --line: #2a373d; --ink: #e6eef0; --soft: #93a5ad; --accent: #4fd1bd; --warn: #f0c060; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 60px; }
h1 { font-size: 26px; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 0; }
p { margin: 4px 0 12px; max-width: 75ch; }
section, header { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 20px; margin: 0 0 16px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px; margin: 12px 0 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
dd ul { margin: 0; padding-left: 18px; }
figure { margin: 0; min-width: 0; overflow-x: auto; }
figcaption { font-weight: 600; margin-bottom: 6px; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.warning { color: var(--warn); font-weight: 600; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 12px; margin: 0 0 16px; }
.tile { border: 1px solid var(--line); border-radius: 6px; padding: 12px 14px; }
.tile .figure { font-size: 28px; font-weight: 650; line-height: 1.3; }
.side-by-side { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); gap: 24px; }
.small-multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(270px, 100%), 1fr)); gap: 24px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 6px 0; }
th, td { padding: 5px 10px; border-bottom: 1px solid var(--line); font-weight: 400; vertical-align: top; }
thead th { color: var(--soft); font-size: 13px; }
.number { text-align: right; white-space: nowrap; }
.text { text-align: left; min-width: 9ch; }
td.text:last-child { min-width: 22ch; }
details { margin-top: 8px; }
summary { cursor: pointer; color: var(--accent); }
.chart { display: block; width: 100%; height: auto; }
.chart text { fill: var(--soft); font-size: 11px; }
.chart .label, .chart .name { fill: var(--ink); font-size: 12px; }
.grid { stroke: var(--line); }
.axis { stroke: var(--soft); }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.line.model { stroke: var(--accent); }
.line.reference { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 5 4; }
.bar, .dot { fill: var(--accent); }
.interval { stroke: var(--accent); stroke-width: 2; opacity: 0.55; }
@media print { body { background: none; } section, header { break-inside: avoid; } }
`
