import { holdsPath, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isConfidential } from '../redaction/redact.ts';
import { shownPart, shownValue } from '../redaction/redactValue.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { Contribution } from '../stack/effective.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Span } from '../text/span.ts';
import { folderOfProjectFile } from '../workspace/paths.ts';
import { effectiveDocument } from '../workspace/effectiveValues.ts';
import { contextAt } from '../yaml/context.ts';
import { placeAt } from '../yaml/lookup.ts';
import { printPath, type Path } from '../yaml/nodes.ts';
import { componentText, switchText } from './componentText.ts';
import { releaseText } from './releaseText.ts';
import { imageHover } from './imageHover.ts';
import { code, lines, mark, plain, shortValue, sourceLink, type Markdown } from './markdown.ts';
import { missingLine } from './missingLine.ts';
import { projectHover } from './projectHover.ts';
import { pullSecretHover } from './pullSecretHover.ts';
import { upstreamDocs } from './upstreamDocs.ts';

export interface Hover {
  readonly markdown: string;
  readonly span: Span;
}

/** The hover of the key or value at a UTF-16 offset; `undefined` where there is nothing. */
export function hover(snapshot: Snapshot, uri: string, offset: number): Hover | undefined {
  const shown = effectiveDocument(snapshot, uri);
  if (shown !== undefined) {
    const place = placeIn(shown.file, offset);
    return place && hoverOf(snapshot, [shown.view], { ...place, uri });
  }
  const project = folderOfProjectFile(snapshot.state, uri)?.project?.file;
  if (project !== undefined) return inProject(snapshot, project, offset);
  const at = snapshot.textAt(uri, offset);
  const place = at && placeIn(at.file, at.offset);
  if (at === undefined || place === undefined || isConfidential(at.file, place.span)) return undefined;
  const span = at.file.host?.embedding.toOuter(place.span) ?? place.span;
  const { path } = place;
  return hoverOf(snapshot, snapshot.viewsByChoice(at.file.uri), { path, span, uri: at.file.uri });
}

function inProject(snapshot: Snapshot, file: ValuesFile, offset: number): Hover | undefined {
  const place = placeIn(file, offset);
  const said = place && projectHover(snapshot, place.path);
  return place && said && { markdown: said.text, span: place.span };
}

function hoverOf(
  snapshot: Snapshot,
  views: readonly StackView[],
  place: PathPlace & { readonly uri: string },
): Hover | undefined {
  const texts = views.map(view => textAt(view, place.path));
  const [first] = views;
  if (first !== undefined) texts.push(upstreamDocs(snapshot, first, place));
  const said = texts.flatMap(markdown => markdown?.text ?? []).filter(text => text !== '');
  const markdown = [...new Set(said)].join('\n\n---\n\n');
  return markdown === '' ? undefined : { markdown, span: place.span };
}

interface PathPlace {
  readonly path: Path;
  readonly span: Span;
}

/** By the tree; where the text does not parse, by the indentation of its lines. */
function placeIn(file: ValuesFile, offset: number): PathPlace | undefined {
  const place = placeAt(file.root, offset);
  if (place !== undefined) return { path: place.path, span: place.node.span };
  if (file.yaml.problems.length === 0) return undefined;
  const context = contextAt(file.source, offset);
  if (context === undefined || context.text === '') return undefined;
  return context;
}

function textAt(view: StackView, path: Path): Markdown | undefined {
  const secrets = pullSecretHover(view, path);
  if (secrets !== undefined) return lines(secrets);
  const image = view.catalog.imageAround(path);
  if (image !== undefined) {
    const printed = printPath(path);
    const own = view.images.filter(entry => entry.image === image);
    const exact = own.find(entry => entry.form !== 'item' || printed.startsWith(entry.path));
    if (exact === undefined) return listHover(view, own);
    return imageHover(view, exact);
  }
  const overridden = overriddenAt(view, path);
  if (overridden !== undefined) return imageHover(view, overridden);
  const component = view.catalog.imagesMapOf(path) ?? view.catalog.componentAt(path);
  if (component !== undefined) return componentText(view, component);
  return valueHover(view, path);
}

/** The image that `valuesOverrides` set at this path. */
function overriddenAt({ images }: StackView, path: Path): ImageEntry | undefined {
  if (!path.includes('valuesOverrides')) return undefined;
  const printed = printPath(path);
  return images.find(entry => holdsPath(entry, printed, 'override'));
}

function listHover(view: StackView, entries: readonly ImageEntry[]): Markdown | undefined {
  const first = entries[0];
  if (first === undefined) return undefined;
  return lines([
    mark`**${plain(first.image.path)}** · ${releaseText(view.stack)}`,
    ...entries.map(entry => code(entry.rendered ?? '?')),
  ]);
}

/** A value that only other parts of deployKF know: what it finally is, and which layer says what. */
function valueHover(view: StackView, path: Path): Markdown | undefined {
  if (view.catalog.defaultAt(path) === undefined) return undefined;
  const value = view.effective.at(path);
  if (value === undefined || value.winner.node.kind === 'map' || view.catalog.isFreeForm(path.slice(0, -1)))
    return undefined;
  return lines([
    mark`${code(printPath(path))} · ${releaseText(view.stack)}`,
    switchText(view, path),
    view.isUncertain(printPath(path)) ? missingLine(view) : undefined,
    ...value.all.map((part, index) => {
      const text = valueText(part, view, path, index);
      return mark`${index === 0 ? mark`**${text}**` : text} ${sourceLink(part)}`;
    }),
  ]);
}

function valueText(part: Contribution, view: StackView, path: Path, index: number): Markdown {
  const { node } = part;
  // Manifests may hold credentials.
  if (path.at(-1) === 'extraManifests') {
    if (node.kind === 'seq') return mark`${node.items.length} manifests`;
    return mark`a string`;
  }
  if (node.kind === 'scalar') return shortValue(shownPart(part));
  if (index === 0) return shortValue(shownValue(view, path) ?? null);
  if (node.kind === 'seq') return mark`a list`;
  return mark`a map`;
}
