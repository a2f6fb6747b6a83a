import { plainRelease } from '../catalog/release.ts';
import type { Application } from '../stack/application.ts';
import { mayBeFilledIn } from '../stack/templated.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Span } from '../text/span.ts';
import { newerReleases, stacksOfRelease } from '../upgrade/offers.ts';
import { folderOfProjectFile } from '../workspace/paths.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { upgradeUri } from '../workspace/virtualUris.ts';
import { findPath, visit } from '../yaml/lookup.ts';
import { keyText, type Path, type YamlMap, type YamlPair } from '../yaml/nodes.ts';
import { replaceScalar } from '../yaml/write.ts';
import type { RequestedAction } from './requestedAction.ts';

/** A preview of each newer release, and where an Application downloads the generator, the way without a download. */
export function releaseActions(snapshot: Snapshot, uri: string, span: Span): readonly RequestedAction[] {
  const place = releaseAt(snapshot, uri, span);
  if (place === undefined) return [];
  const actions: RequestedAction[] = [];
  if (stacksOfRelease(snapshot, uri, place.release).length > 0)
    for (const release of newerReleases(snapshot, place.release))
      actions.push({
        title: `Preview upgrade to ${release}…`,
        kind: 'refactor',
        document: upgradeUri(uri, place.release, release),
        changes: () => [],
      });
  const archive = archiveOf(snapshot, uri, place);
  return archive === undefined ? actions : [archive, ...actions];
}

interface ReleasePlace {
  readonly release: string;
  /** The parameter of an Application; `undefined` in a project file. */
  readonly parameter?: YamlMap;
}

function releaseAt(snapshot: Snapshot, uri: string, span: Span): ReleasePlace | undefined {
  const project = folderOfProjectFile(snapshot.state, uri)?.project;
  if (project !== undefined) return releaseInProject(project.file, span);
  const file = snapshot.file(uri);
  if (file === undefined) return undefined;
  for (const application of file.applications) {
    const { release, sourcePath } = application;
    if (release === undefined || sourcePath !== undefined || mayBeFilledIn(release.text)) continue;
    const parameter = parameterOf(file, application);
    const isHere = parameter !== undefined && pairsOf(parameter).some(pair => isAt(pair, span));
    if (isHere) return { release: plainRelease(release.text), parameter };
  }
  return undefined;
}

function releaseInProject({ root, anchors }: ValuesFile, span: Span): ReleasePlace | undefined {
  const stacks = findPath(root, ['stacks'], anchors)?.node;
  const paths: Path[] = [['release']];
  if (stacks?.kind === 'seq')
    paths.push(...stacks.items.map((_, index): Path => ['stacks', index, 'release']));
  for (const path of paths) {
    const pair = findPath(root, path, anchors)?.pair;
    if (pair === undefined || !isAt(pair, span) || pair.value.kind !== 'scalar') continue;
    return { release: plainRelease(pair.value.source) };
  }
  return undefined;
}

function isAt({ key, value }: YamlPair, span: Span): boolean {
  return key.span.start <= span.end && value.span.end >= span.start;
}

function parameterOf(file: ValuesFile, { document, release }: Application): YamlMap | undefined {
  let parameter: YamlMap | undefined;
  visit(file.hostYaml.documents[document]?.root, node => {
    if (node.kind !== 'map' || parameter !== undefined) return;
    if (node.pairs.some(({ value }) => value.kind === 'scalar' && value.span.start === release?.span.start))
      parameter = node;
  });
  return parameter;
}

function pairsOf({ pairs }: YamlMap): readonly YamlPair[] {
  return pairs.filter(({ key }) => ['name', 'string'].includes(keyText(key)));
}

/** As deployKF's guide for clusters without access to the internet has it. */
function archiveOf(snapshot: Snapshot, uri: string, place: ReleasePlace): RequestedAction | undefined {
  const { parameter, release } = place;
  if (parameter === undefined || !/^\d+(?:\.\d+)+/.test(release)) return undefined;
  if (snapshot.settingsOf(uri).policy === undefined) return undefined;
  const path = `./deploykf-${release}-generator.zip`;
  const edits = pairsOf(parameter).flatMap(({ key, value }) => {
    if (value.kind !== 'scalar' || value.anchor !== undefined) return [];
    return replaceScalar(value, keyText(key) === 'name' ? 'source_path' : path) ?? [];
  });
  if (edits.length !== 2) return undefined;
  return {
    kind: 'refactor.rewrite',
    title: `Take the generator from the archive ${path} of the repository`,
    changes: () => [{ kind: 'edit', uri, edits }],
  };
}
