import type { Markup } from './html.ts';

/** How the page looks on a screen, in the dark, and on paper. */
export const htmlStyle: Markup = {
  html: `
:root { color-scheme: light dark; --line: #d0d7de; --text: #1f2328; --page: #fff; --red: #b3261e; --amber: #7a4d00; --green: #1a6b33; --grey: #57606a; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3d444d; --text: #e6edf3; --page: #14181d; --red: #ff8a80; --amber: #f0b429; --green: #6fdd8b; --grey: #a3adb8; }
}
@media print { :root { --line: #999; --text: #000; --page: #fff; --red: #b3261e; --amber: #7a4d00; --green: #1a6b33; --grey: #333; } body { margin: 0; } }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--page); margin: 2rem; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
h2 { margin-top: 2rem; break-after: avoid; }
span { white-space: nowrap; font-weight: 600; }
.error, .retired { color: var(--red); }
.warning, .public, .unpinned { color: var(--amber); }
.private, .accepted { color: var(--green); }
.info, .hint, .hidden, footer { color: var(--grey); }
footer { margin-top: 2rem; }
`,
};
