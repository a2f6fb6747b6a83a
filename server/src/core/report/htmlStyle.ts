import type { Markup } from './html.ts';

/** How the page looks on a screen, in the dark, and on paper. Only the screen can move a wide table aside. */
export const htmlStyle: Markup = {
  html: `
:root { color-scheme: light dark; --line: #d0d7de; --head: #f3f5f7; --text: #1f2328; --page: #fff; --red: #b3261e; --yellow: #7a4d00; --green: #1a6b33; --blue: #0b57a4; --dim: #57606a; }
@media screen and (prefers-color-scheme: dark) {
  :root { --line: #3d444d; --head: #1e242b; --text: #e6edf3; --page: #14181d; --red: #ff8a80; --yellow: #f0b429; --green: #6fdd8b; --blue: #79b8ff; --dim: #a3adb8; }
}
body { font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--page); max-width: 90rem; margin: 2rem auto; padding: 0 2rem; }
h1 { line-height: 1.2; }
h2 { margin-top: 2.5rem; break-after: avoid; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: var(--head); vertical-align: bottom; }
td { overflow-wrap: break-word; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
td > span { margin-right: .25rem; }
td > span, dt { white-space: nowrap; font-weight: 600; }
code { font: inherit; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .75rem 0 0; font-size: 13px; break-inside: avoid; }
dd { margin: 0; color: var(--dim); }
.red { color: var(--red); }
.yellow { color: var(--yellow); }
.green { color: var(--green); }
.blue { color: var(--blue); }
.dim, footer { color: var(--dim); }
footer { margin-top: 2.5rem; }
@media screen and (max-width: 40rem) { body { padding: 0 1rem; margin: 1rem 0; } }
@media print {
  @page { margin: 14mm; }
  :root { color-scheme: light; --line: #999; --head: #eee; --text: #000; --dim: #333; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10pt; }
  table, dl { font-size: 8pt; }
  .table { overflow: visible; }
  td, code { overflow-wrap: anywhere; white-space: normal; }
}
`,
};
