import { isSharedRegistry } from '../../policy/privacy.ts';
import { namespaceOf } from '../../pullSecrets/namespaces.ts';
import { namespaceProblem, secretNameProblem } from '../../secrets/names.ts';
import { registryHostProblem } from '../../secrets/registryHost.ts';
import type { LocatedSecret } from '../../secrets/secretsInFile.ts';
import { isSealed } from '../../stack/sealed.ts';
import type { Location, ValuesFile } from '../../stack/valuesFile.ts';
import type { SourceText } from '../../text/sourceText.ts';
import { touches } from '../../text/span.ts';
import type { Snapshot } from '../../workspace/snapshot.ts';
import { isPlainSafe } from '../../yaml/format.ts';
import { namesIn, type NamedSpot, type NameKind } from './names.ts';

/** What can be renamed at an offset, and where its name is written. */
export interface RenamableName extends Location {
  readonly kind: NameKind;
  readonly text: string;
}

/** `places`: where the new name is to be written. `refused`: why it cannot be. */
export type Renamed =
  | { readonly kind: 'places'; readonly places: readonly Location[] }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * The registry, pull Secret or namespace that is named at an offset of a values file, a project file, or of a Secret; `undefined`: none
 * is, or one that is everybody's, such as docker.io.
 */
export function renamableAt(snapshot: Snapshot, file: ValuesFile, offset: number): RenamableName | undefined {
  const secret = namedInSecrets(snapshot).find(
    name => name.uri === file.uri && isAt(file.source, name, offset),
  );
  if (secret !== undefined) return secret;
  const at = snapshot.textAt(file.uri, offset) ?? { file, offset };
  if (!isOurs(snapshot, at.file)) return undefined;
  const spot = at.file.memo(namesIn).find(({ span }) => touches(span, at.offset));
  if (spot === undefined || (spot.kind === 'registry' && isSharedRegistry(spot.text))) return undefined;
  return { kind: spot.kind, text: spot.text, ...at.file.locate(spot.span) };
}

/** All places that name the same, in the stacks of the workspace, its project files and its Secrets. */
export function renameName(
  snapshot: Snapshot,
  { kind, text }: Pick<RenamableName, 'kind' | 'text'>,
  newName: string,
): Renamed {
  const problem = nameProblem(kind, newName) ?? obstacle(snapshot, { kind, text }, newName);
  if (problem !== undefined) return { kind: 'refused', message: problem };
  const isSame = (spot: Pick<NamedSpot, 'kind' | 'text'>): boolean =>
    spot.kind === kind && spot.text === text;
  const files = [...filesOf(snapshot)].filter(file => file.memo(namesIn).some(isSame));
  const sealed = files.find(isSealed);
  if (sealed !== undefined)
    return {
      kind: 'refused',
      message: `"${text}" is in a file that is encrypted, so that it cannot be changed`,
    };
  const places = files.flatMap(file =>
    file
      .memo(namesIn)
      .filter(isSame)
      .map(({ span }) => file.locate(span)),
  );
  const inSecrets = namedInSecrets(snapshot).filter(isSame);
  return { kind: 'places', places: distinct([...places, ...inSecrets]) };
}

function nameProblem(kind: NameKind, name: string): string | undefined {
  if (kind === 'registry') return registryHostProblem(name);
  const problem = kind === 'Secret' ? secretNameProblem(name) : namespaceProblem(name);
  if (problem !== undefined) return `"${name}" is not a name of a ${kind}: ${problem}`;
  if (isPlainSafe(name)) return undefined;
  return `YAML does not read "${name}" as a text: write it by hand, in quotes`;
}

/** What would be torn apart by another name. */
function obstacle(
  snapshot: Snapshot,
  { kind, text }: Pick<RenamableName, 'kind' | 'text'>,
  newName: string,
): string | undefined {
  const { secrets = [] } = snapshot.state;
  const isNamed = (secret: LocatedSecret): boolean =>
    kind === 'Secret' ? secret.name === text : kind === 'namespace' && secret.namespace === text;
  const sealed = secrets.find(secret => secret.isSealed && isNamed(secret));
  if (sealed !== undefined) {
    const what = kind === 'Secret' ? `the Secret "${text}"` : `a Secret of the namespace "${text}"`;
    return `${what} is sealed, so that it cannot be changed: seal it anew for "${newName}" first`;
  }
  if (kind === 'Secret' && newName !== text && secrets.some(({ name }) => name === newName))
    return `there is a Secret "${newName}" already`;
  if (kind !== 'namespace') return undefined;
  for (const plan of snapshot.plans) {
    const view = snapshot.view(plan);
    const component = view?.catalog.catalog.components.find(one => {
      const written = view.effective.at(`${one.path}.namespace`)?.winner.layer.file;
      return written === undefined && view.isEnabled(one) && namespaceOf(view, one) === text;
    });
    if (component !== undefined)
      return `${component.path} is in "${text}" by default: write its namespace into the values first`;
  }
  return undefined;
}

function isOurs(snapshot: Snapshot, file: ValuesFile): boolean {
  for (const other of filesOf(snapshot)) if (other.uri === file.uri) return true;
  return false;
}

/** The values files of all stacks, and the project files. */
function filesOf(snapshot: Snapshot): ReadonlySet<ValuesFile> {
  const files = new Set<ValuesFile>();
  for (const { project } of snapshot.state.folders) if (project !== undefined) files.add(project.file);
  for (const plan of snapshot.plans) {
    for (const { file } of snapshot.view(plan)?.stack.layers ?? []) if (file !== undefined) files.add(file);
  }
  return files;
}

/** What Secrets in files of their own are called, and the namespaces that they name. */
function namedInSecrets(snapshot: Snapshot): readonly RenamableName[] {
  return (snapshot.state.secrets ?? []).flatMap(({ name, namespace, place, namespacePlace }) => {
    const names: RenamableName[] = [];
    if (name !== undefined) names.push({ kind: 'Secret', text: name, ...withoutQuotes(name, place) });
    if (namespace !== undefined && namespacePlace !== undefined)
      names.push({ kind: 'namespace', text: namespace, ...withoutQuotes(namespace, namespacePlace) });
    return names;
  });
}

function withoutQuotes(text: string, { uri, start, end }: Location): Location {
  const isQuoted = start.line === end.line && end.character - start.character === text.length + 2;
  if (!isQuoted) return { uri, start, end };
  return {
    uri,
    start: { ...start, character: start.character + 1 },
    end: { ...end, character: end.character - 1 },
  };
}

function isAt(source: SourceText, { start, end }: Location, offset: number): boolean {
  return touches({ start: source.offsetAt(start), end: source.offsetAt(end) }, offset);
}

function distinct(places: readonly Location[]): readonly Location[] {
  const byPlace = new Map(
    places.map(place => [`${place.uri}#${place.start.line}:${place.start.character}`, place]),
  );
  return [...byPlace.values()];
}
