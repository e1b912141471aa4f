import { theme } from "../theme.ts";
import { pageColours } from "../theme-dark.ts";

const variables = (colours: Readonly<Record<string, string>>) =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(" ");

/** The report page's style; narrow first, light and dark as the reader's system is, light in print. */
export const pageStyle = `
:root { color-scheme: light; ${variables(pageColours.light)} }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; ${variables(pageColours.dark)} } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1.25rem 1rem 4rem; max-width: 92rem; color: var(--text); background: var(--page); font: 1rem/1.55 ${theme.font}; }
main, header { min-width: 0; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0; font-size: 1.75rem; letter-spacing: -.01em; }
h2 { margin: 0 0 .75rem; font-size: 1.3rem; }
h3 { margin: 1.75rem 0 .4rem; font-size: 1rem; }
p, figcaption { margin: 0 0 .75rem; max-width: 46rem; }
header p { margin-top: .4rem; color: var(--muted); }
section { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
main > section:first-child { margin-top: 1rem; }
a { color: var(--accent); }
code, pre { font-size: .8125rem; }
pre { overflow-x: auto; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .4rem; }
summary { cursor: pointer; padding: .3rem 0; font-weight: 600; }
section details { margin-top: .5rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

nav { margin: 1rem 0; font-size: .875rem; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav details > ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .75rem 1rem; padding: .5rem 0; }
nav li > span { display: block; font-size: .75rem; font-weight: 600; color: var(--muted); text-transform: uppercase; letter-spacing: .05em; }
nav a { display: block; padding: .2rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }

figure { margin: 0; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
.h2t-table .scroll { width: fit-content; max-width: 100%; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .8125rem; line-height: 1.35; font-variant-numeric: tabular-nums; white-space: nowrap; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; background: var(--page); }
tbody tr:last-child > * { border-bottom: 0; }
thead th { font-weight: 600; text-align: left; }
th[scope=row], thead th:first-child { text-align: left; }
th[scope=row] { font-weight: 600; }
.scroll th[scope=row], .scroll thead tr:first-child th:first-child { position: sticky; left: 0; z-index: 1; box-shadow: 1px 0 var(--line); }

.h2t-table thead th { vertical-align: bottom; }
.h2t-table thead th[colspan="1"] { text-align: right; }
.h2t-table thead tr:last-child th:not([rowspan]) { font-weight: 400; color: var(--muted); text-align: right; }
.h2t-table tbody tr:hover > * { background: var(--hover); }
.h2t-table tbody tr:hover > :is(.shipped, .yours) { background: var(--ours-hover); }
.paper { border-left: 1px solid var(--line); }
.shipped, .yours { background: var(--ours); }
.h2t-table td { cursor: pointer; }
td.empty, td.year { color: var(--muted); }
td:focus-visible, td.picked { outline: 2px solid var(--accent); outline-offset: -2px; }
td :is(.range, .difference) { color: var(--muted); }
td :is(.range, .difference, .gain, .interval) { display: block; }
td :is(.range, .interval) { font-size: .75rem; color: var(--muted); }
tr.part th { padding-top: .7rem; text-align: left; font-style: italic; font-weight: 400; color: var(--muted); }
.notes { margin: .6rem 0 0; padding-left: 1.1rem; max-width: 60rem; font-size: .8125rem; color: var(--muted); overflow-wrap: anywhere; }

.verdict { margin: 0 0 1.5rem; max-width: 52rem; font-size: 1.2rem; line-height: 1.5; }
.verdict span { display: block; }
.verdict span + span { margin-top: .6rem; }
.table { margin-top: 1.75rem; }
.table figcaption { color: var(--muted); font-size: .875rem; }
.main-notes { margin: 0 0 .5rem; font-size: .875rem; }
.h2t-table details { margin-top: .4rem; font-size: .8125rem; }
.h2t-table details summary { font-weight: 400; color: var(--muted); }
.show-all { display: inline-flex; gap: .5rem; align-items: center; margin: 0 0 .6rem; font-size: .875rem; cursor: pointer; }
.table:not(:has(.show-all input:checked)) .fold { display: none; }
.scroll.bare { border: 0; border-radius: 0; }
.hint { display: none; margin: .3rem 0 0; font-size: .8125rem; color: var(--muted); }
.wide + .hint { display: block; }
.wide { box-shadow: inset -14px 0 10px -12px var(--shadow); }
#findings .scroll { width: fit-content; max-width: 100%; }
#findings table { width: auto; }
#findings th[scope=row] { white-space: normal; min-width: 9rem; }
#findings details { margin-top: .9rem; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2.25rem; margin: .5rem 0 0; }
.facts > div { max-width: 22rem; }
.facts dt { font-size: .75rem; color: var(--muted); }
.facts dd { margin: 0; font-size: .875rem; overflow-wrap: anywhere; }

.plot { margin: 1rem 0 .5rem; }
.drawn { max-width: 60rem; margin-top: 2rem; }
.drawn h3, .drawn h4 { margin: 0 0 .25rem; font-size: 1rem; }
.drawn figcaption { font-size: .875rem; color: var(--muted); }
.absent { margin: 0; }
.absent dt { font-weight: 600; }
.absent dd { margin: 0 0 .75rem; max-width: 60rem; font-size: .875rem; color: var(--muted); overflow-wrap: anywhere; }

table.prose { white-space: normal; }
.prose td, .prose th, table.runs td { text-align: left; }
.prose th[scope=row] { width: 14%; }
.prose td:nth-of-type(1) { width: 22%; color: var(--muted); }
table.runs td:last-child { max-width: 24rem; white-space: normal; font-family: ui-monospace, monospace; font-size: .75rem; }

#origin { position: absolute; z-index: 5; width: 30rem; max-width: calc(100vw - 1rem); max-height: 80vh; overflow-y: auto; padding: .75rem 2.5rem .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--page); box-shadow: 0 8px 28px var(--shadow); font-size: .8125rem; }
#origin[hidden] { display: none; }
#origin dl { margin: 0; }
#origin dl > div { display: grid; grid-template-columns: 6rem 1fr; gap: .75rem; padding: .1rem 0; }
#origin dt { color: var(--muted); }
#origin dd { margin: 0; overflow-wrap: anywhere; }
#origin button { position: absolute; top: .3rem; right: .4rem; padding: .15rem .5rem; border: 0; background: none; color: var(--muted); font-size: 1.25rem; line-height: 1; cursor: pointer; }

@media (min-width: 64rem) {
  body { display: grid; grid-template-columns: 11.5rem minmax(0, 1fr); column-gap: 2.5rem; padding: 2.5rem 2rem 5rem; }
  header { grid-column: 2; }
  nav { grid-column: 1; grid-row: 1 / span 2; position: sticky; top: 2rem; align-self: start; max-height: calc(100vh - 4rem); margin: 0; overflow-y: auto; }
  nav summary { display: none; }
  nav details > ul { display: block; padding: 0; }
  nav details > ul > li { margin-bottom: 1rem; }
  main { grid-column: 2; }
}
@media (max-width: 40rem) {
  h1 { font-size: 1.5rem; }
  th, td { padding: .3rem .45rem; }
  .scroll th[scope=row], .scroll thead tr:first-child th:first-child { max-width: 9rem; min-width: 7.25rem; white-space: normal; overflow-wrap: break-word; }
  .h2t-table thead th[rowspan] + th[rowspan], td.year { display: none; }
  .verdict { font-size: 1.05rem; }
  .plot { margin-inline: -.5rem; }
  .bare .plot { margin-inline: 0; min-width: 44rem; }
  table.prose, .prose tbody, .prose tr, .prose td, .prose th[scope=row] { display: block; width: auto !important; border: 0; padding: 0; }
  .prose thead { display: none; }
  .prose tr { padding: .75rem 0; border-bottom: 1px solid var(--line); }
  .prose td::before { content: attr(data-label) ": "; color: var(--muted); }
  #origin { position: fixed; inset: auto 0 0; width: auto; max-width: none; max-height: 60vh; border-width: 1px 0 0; border-radius: .75rem .75rem 0 0; }
}
@media print {
  body { display: block; max-width: none; padding: 0; font-size: 10pt; }
  nav, #origin { display: none !important; }
  .scroll { overflow: visible; border: 0; }
  table { font-size: 6.5pt; }
  th, td { padding: .12rem .2rem; }
  td .interval { font-size: inherit; }
  tr, .plot { break-inside: avoid; }
  .show-all, .hint { display: none !important; }
  h2, h3 { break-after: avoid; }
  .scroll th[scope=row] { position: static; box-shadow: none; }
}
`;
