import { saidState } from '../analysis/imageState.ts';
import { retiredUpstream } from '../analysis/retiredUpstream.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { ImageCopy, MirrorPlan } from '../mirror/types.ts';
import { guessNote } from '../stack/releaseGuess.ts';
import { count, type Colour } from './style.ts';
import { html, htmlTable, htmlWords, type Markup } from './html.ts';
import { deployedHidden, htmlRegistries } from './htmlImages.ts';
import { htmlSecrets } from './htmlSecrets.ts';
import { htmlStyle } from './htmlStyle.ts';
import type { FindingJson } from './json.ts';

/** All that a page about a stack is made of. */
export interface HtmlReport {
  readonly view: StackView;
  /** What the stack is called; empty for the defaults alone. */
  readonly name: string;
  readonly plan: MirrorPlan;
  readonly findings: readonly FindingJson[];
  readonly version: string;
  /** The day of the report, such as 2026-12-31; `undefined`: it does not say. */
  readonly day: string | undefined;
}

/** One page for a review: it loads nothing, runs nothing, and can be printed. */
export function htmlReport({ view, name, plan, findings, version, day }: HtmlReport): string {
  const title = `${name || 'Defaults'}, deployKF ${view.catalog.release}`;
  const note = guessNote(view.stack);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${htmlStyle}
        </style>
      </head>
      <body>
        <h1>${htmlWords(title)}</h1>
        <p>${summary(view, findings)}</p>
        ${note === '' ? note : html`<p>${note}</p>`}
        <h2>Registries and components</h2>
        ${htmlRegistries(view)}
        <h2>From upstream to the target</h2>
        ${copies(view, plan)}
        <h2>Pull secrets</h2>
        ${htmlSecrets(view)}
        <h2>Findings</h2>
        ${findingsTable(findings)}
        <footer>${['deploykf-values', version, day].filter(Boolean).join(' ')}</footer>
      </body>
    </html> `;
  return page.html;
}

function summary(view: StackView, findings: readonly FindingJson[]): string {
  const deployed = view.images.filter(({ enabled }) => enabled);
  const open = deployed.filter(entry => saidState(view, entry) === 'public' && entry.canonical !== undefined);
  const stale = deployed.filter(entry => retiredUpstream(view, entry) !== undefined);
  const privateOnes = `${count(stale.length, 'private image')} with a retired upstream`;
  const parts = [
    `${count(deployed.length, 'deployed image')}, ${open.length} of them public`,
    ...(stale.length > 0 ? [privateOnes] : []),
    count(deployedHidden(view).length, 'hidden image'),
    count(findings.length, 'finding'),
  ];
  return parts.join('; ');
}

function copies({ policy }: StackView, { copies: all, unresolved }: MirrorPlan): Markup {
  const rows = all.map(copy => [
    copy.source,
    copy.target ?? html`<span class="yellow">stays public</span>`,
    copy.component || 'Argo CD plugin',
    html`${copy.isHidden ? html`<span class="dim">hidden</span> ` : ''}${copyNotes(copy)}`,
  ]);
  const open = unresolved.map(({ reference, reason }) => [reference, '', '', reason]);
  const table = htmlTable(
    ['Upstream', 'Target', 'Component', 'Note'],
    [...rows, ...open],
    'Nothing is pulled',
  );
  if (policy !== undefined) return table;
  return html`<p>There is no registry policy, so that every image is pulled from its upstream</p>
    ${table}`;
}

function copyNotes({ class: kind, component, retired, replaces }: ImageCopy): string {
  const notes: string[] = [];
  if (kind !== 'deployed' && component !== '') notes.push(kind);
  if (replaces !== undefined) notes.push(`in place of ${replaces}, which is retired`);
  if (retired !== undefined) notes.push(retired);
  return notes.join(', ');
}

const severityColours: Readonly<Record<FindingJson['severity'], Colour>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'dim',
};

function findingsTable(findings: readonly FindingJson[]): Markup {
  const rows = findings.map(({ severity, code, file, range, message }) => [
    html`<span class="${severityColours[severity]}">${severity}</span>`,
    html`<code>${code}</code>`,
    `${file}:${range.start.line + 1}:${range.start.character + 1}`,
    message,
  ]);
  return htmlTable(['Severity', 'Rule', 'Place', 'What is wrong'], rows, 'No findings');
}
