import { theme } from "./theme.ts";

/** The report page's style; light and narrow first. */
export const pageStyle = `
:root { color-scheme: light; --text: ${theme.text}; --muted: ${theme.muted}; --line: ${theme.grid}; --ours: #eef5fb; --accent: #0b5394; }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1rem 1rem 5rem; max-width: 76rem; color: var(--text); background: ${theme.background}; font: 1rem/1.5 ${theme.font}; }
h1 { margin: .5rem 0 .25rem; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2.75rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: 1.25rem; line-height: 1.3; }
a { color: var(--accent); }
.lead, nav { color: var(--muted); }
nav ul { margin: .75rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; }
nav a { display: block; padding: .15rem .65rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .875rem; text-decoration: none; }
figure { margin: 0; }
figcaption { margin-bottom: .5rem; max-width: 60rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; background: ${theme.background}; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { text-align: center; font-weight: 600; }
thead tr:last-child th:not([rowspan]) { font-weight: 400; color: var(--muted); text-align: right; }
thead tr:first-child th:first-child, th[scope=row] { text-align: left; position: sticky; left: 0; }
th[scope=row] { font-weight: 600; }
td.paper, th.paper { border-left: 1px solid var(--line); }
td.shipped, td.yours, th.shipped, th.yours { background: var(--ours); }
td.empty { color: var(--muted); }
td[title] { cursor: pointer; }
td[title]:focus-visible, td.picked { outline: 2px solid var(--accent); outline-offset: -2px; }
tr.part th { text-align: left; font-style: italic; font-weight: 400; color: var(--muted); }
.notes { margin: .6rem 0 0; padding-left: 1.1rem; font-size: .875rem; color: var(--muted); overflow-wrap: anywhere; }
.plot { margin: 1rem 0; min-height: 26rem; }
.plot svg { max-width: 100%; height: auto; }
.choices td, .choices th { white-space: normal; text-align: left; vertical-align: top; min-width: 9rem; }
.choices thead tr:last-child th:not([rowspan]) { text-align: left; }
.runs td { text-align: left; }
summary { cursor: pointer; margin: .75rem 0; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .4rem; font-size: .8125rem; }
#provenance { position: fixed; inset: auto 0 0; margin: 0; padding: .75rem 3rem .75rem 1rem; background: var(--text); color: #fff; font-size: .875rem; overflow-wrap: anywhere; }
#provenance[hidden] { display: none; }
#provenance button { position: absolute; top: .35rem; right: .5rem; border: 0; background: none; color: inherit; font-size: 1.5rem; line-height: 1; padding: .25rem .5rem; cursor: pointer; }
@media (max-width: 40rem) { thead th { text-align: left !important; } thead tr:first-child th:first-child, th[scope=row] { max-width: 8.5rem; white-space: normal; } th, td { padding: .3rem .45rem; } .plot { min-height: 22rem; margin-inline: -.5rem; } }
@media print { nav, #provenance { display: none; } .scroll { overflow: visible; border: 0; } }
`;
