import { DOCKER_HUB, isRegistryPart } from '../image/reference.ts';
import type { MirrorPlan } from '../mirror/types.ts';
import { html, htmlTable, type Markup } from './html.ts';
import { htmlStyle } from './htmlStyle.ts';
import type { HiddenJson, ImageJson, ImagesJson } from './imagesJson.ts';
import type { FindingJson } from './json.ts';
import { count } from './style.ts';

/** All that a page about a stack is made of. */
export interface HtmlReport {
  readonly images: ImagesJson;
  readonly plan: MirrorPlan;
  readonly findings: readonly FindingJson[];
  readonly version: string;
}

/** One page for a review: it loads nothing, runs nothing, and can be printed. */
export function htmlReport({ images, plan, findings, version }: HtmlReport): string {
  const title = `${images.stack || 'Defaults'}, deployKF ${images.release}`;
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
        <h1>${title}</h1>
        <p>${summary(images, findings)}</p>
        <h2>Registries and components</h2>
        ${matrix(images)}
        <h2>From upstream to the target</h2>
        ${copies(plan)}
        <h2>Findings</h2>
        ${findingsTable(findings)}
        <footer>deploykf-values ${version}</footer>
      </body>
    </html> `;
  return page.html;
}

function summary({ images, hidden }: ImagesJson, findings: readonly FindingJson[]): string {
  const deployed = images.filter(({ enabled }) => enabled);
  const open = deployed.filter(({ state }) => state === 'public').length;
  return `${count(deployed.length, 'deployed image')}, ${open} of them public; ${count(hidden.filter(({ enabled }) => enabled).length, 'hidden image')}; ${count(findings.length, 'finding')}`;
}

type Mark = 'private' | 'public' | 'accepted' | 'retired' | 'hidden' | 'unpinned';

const marks: readonly Mark[] = ['private', 'public', 'accepted', 'retired', 'hidden', 'unpinned'];

interface Cell {
  readonly component: string;
  readonly registry: string;
  readonly marks: readonly Mark[];
}

/** What is deployed, by component and by the registry that it is pulled from. */
function matrix({ images, hidden }: ImagesJson): Markup {
  const cells = [
    ...images.filter(({ enabled }) => enabled).map(imageCell),
    ...hidden.filter(({ enabled }) => enabled).map(hiddenCell),
  ];
  const registries = [...new Set(cells.map(({ registry }) => registry))].sort();
  const rows = [...new Set(cells.map(({ component }) => component))].map(component => [
    component,
    ...registries.map(registry =>
      badges(cells.filter(cell => cell.component === component && cell.registry === registry)),
    ),
  ]);
  return htmlTable(['Component', ...registries], rows, 'Nothing is deployed');
}

function imageCell({ component, reference, state, retired, resolvedTag }: ImageJson): Cell {
  const own: Mark[] = [state];
  if (retired !== null) own.push('retired');
  if (resolvedTag === null) own.push('unpinned');
  return { component, registry: registryOf(reference), marks: own };
}

function hiddenCell({ component, reference }: HiddenJson): Cell {
  return { component: component || 'Argo CD plugin', registry: registryOf(reference), marks: ['hidden'] };
}

/** References are canonical, and so begin with their host, except for what cannot be read. */
function registryOf(reference: string | null): string {
  const [host = '', ...path] = (reference ?? '').split('/');
  return path.length > 0 && isRegistryPart(host) ? host : DOCKER_HUB;
}

function badges(cells: readonly Cell[]): readonly Markup[] {
  return marks.flatMap(mark => {
    const number = cells.filter(cell => cell.marks.includes(mark)).length;
    return number === 0 ? [] : [html`<span class="${mark}">${number} ${mark}</span> `];
  });
}

function copies({ copies: all, unresolved }: MirrorPlan): Markup {
  const rows = all.map(({ source, target, component, isHidden, retired }) => [
    source,
    target ?? html`<span class="public">stays public</span>`,
    component || 'Argo CD plugin',
    [isHidden ? 'no value can change it' : '', retired ?? ''].filter(Boolean).join('; '),
  ]);
  const open = unresolved.map(({ reference, reason }) => [reference, '', '', reason]);
  return htmlTable(['Upstream', 'Target', 'Component', 'Note'], [...rows, ...open], 'Nothing is pulled');
}

function findingsTable(findings: readonly FindingJson[]): Markup {
  const rows = findings.map(({ severity, code, file, range, message }) => [
    html`<span class="${severity}">${severity}</span>`,
    code,
    `${file}:${range.start.line + 1}:${range.start.character + 1}`,
    message,
  ]);
  return htmlTable(['Severity', 'Rule', 'Place', 'What is wrong'], rows, 'No findings');
}
