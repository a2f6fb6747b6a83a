import { isRegistryPart } from '../../image/reference.ts';
import { pullSecretsPath } from '../../pullSecrets/block.ts';
import { Embedding } from '../../yaml/embedded.ts';
import { visit } from '../../yaml/lookup.ts';
import { parsePath, type Path, type YamlNode, type YamlScalar } from '../../yaml/nodes.ts';
import { parseYaml } from '../../yaml/parse.ts';
import type { ValuesFile } from '../../stack/valuesFile.ts';
import type { Span } from '../../text/span.ts';

/** What can get another name wherever it is named. */
export type NameKind = 'registry' | 'Secret' | 'namespace';

/** One place where something is named. */
export interface NamedSpot {
  readonly kind: NameKind;
  readonly text: string;
  /** Of the name alone, without quotes, tag or path. */
  readonly span: Span;
}

/**
 * Everything that a values file or a project file names: the hosts of registries that images, charts and rules start with, pull Secrets
 * and namespaces, also in manifests of `extraManifests`. Names that are not written as they are, such as with escapes, are left out.
 */
export function namesIn(file: ValuesFile): readonly NamedSpot[] {
  const spots: NamedSpot[] = [];
  const { text } = file;
  for (const { root } of file.yaml.documents) {
    visit(root, (node, path) => {
      if (node.kind !== 'scalar' || node.type !== 'string') return;
      const at = path();
      if (at.includes('extraManifests')) spots.push(...namesInManifest(file, node));
      else add(spots, text, node, nameOf(at, node.source));
    });
  }
  return spots;
}

/** `undefined`: the text does not name anything. */
function nameOf(path: Path, text: string): Omit<NamedSpot, 'span'> | undefined {
  if (isSecretName(path)) return { kind: 'Secret', text };
  if (isNamespace(path)) return { kind: 'namespace', text };
  const host = hostOf(path, text);
  return host === undefined ? undefined : { kind: 'registry', text: host };
}

const credentials = parsePath(`${pullSecretsPath}.registryCredentials`);
const exclusions = parsePath(`${pullSecretsPath}.excludeNamespaces`);
const profiles = parsePath('deploykf_core.deploykf_profiles_generator.profiles');

function isSecretName(path: Path): boolean {
  const key = path.at(-1);
  if (isBelow(path, credentials)) return key === 'existingSecret';
  const [list] = path.slice(key === 'name' ? -3 : -2);
  return list === 'imagePullSecrets' && typeof path.at(key === 'name' ? -2 : -1) === 'number';
}

function isNamespace(path: Path): boolean {
  const key = path.at(-1);
  if (typeof key === 'string' && /^(?:namespace|\w{1,40}Namespace)$/.test(key)) return true;
  if (isBelow(path, exclusions)) return true;
  return isBelow(path, profiles) && path.length === profiles.length + 2 && key === 'name';
}

function isBelow(path: Path, outer: Path): boolean {
  return path.length > outer.length && outer.every((step, index) => path[index] === step);
}

/** Keys whose value is a host, or begins with one. */
const hostKeys = /^(?:registry|registries|hub|target|private|pushTo|caches)$/;

function hostOf(path: Path, text: string): string | undefined {
  const host = /^(?:oci:\/\/)?([^/\s@{}$<>"']{1,255})(?=\/|$)/.exec(text)?.[1];
  if (host === undefined || !/[.:]/.test(host) || !isRegistryPart(host) || /^https?:/.test(text))
    return undefined;
  if (text.endsWith(host) && !path.some(step => typeof step === 'string' && hostKeys.test(step)))
    return undefined;
  return host;
}

/** The Secrets of a manifest, what its Pods and accounts pull with, and its namespaces, in the text that it is. */
function namesInManifest(file: ValuesFile, item: YamlScalar): readonly NamedSpot[] {
  const embedding = item.source.includes('kind') ? Embedding.of(file.source, item) : undefined;
  if (embedding === undefined) return [];
  const inner = embedding.source.text;
  const spots: NamedSpot[] = [];
  for (const { root } of parseYaml(inner).documents) {
    const kind = kindOf(root);
    visit(root, (node, path) => {
      if (node.kind !== 'scalar' || node.type !== 'string') return;
      add(spots, inner, node, manifestName(path(), node.source, kind));
    });
  }
  return spots.map(spot => ({ ...spot, span: embedding.toOuter(spot.span) }));
}

function manifestName(path: Path, text: string, kind: string): Omit<NamedSpot, 'span'> | undefined {
  if (isSecretName(path)) return { kind: 'Secret', text };
  if (path.at(-1) === 'namespace') return { kind: 'namespace', text };
  const [section, key] = path;
  if (section !== 'metadata' || key !== 'name' || path.length > 2) return undefined;
  if (kind === 'Secret' || kind === 'ExternalSecret') return { kind: 'Secret', text };
  return kind === 'Namespace' ? { kind: 'namespace', text } : undefined;
}

function kindOf(root: YamlNode | undefined): string {
  if (root?.kind !== 'map') return '';
  const value = root.pairs.find(({ key }) => key.source === 'kind')?.value;
  return value?.kind === 'scalar' ? value.source : '';
}

/** Only where the text has the name as it is. */
function add(
  spots: NamedSpot[],
  text: string,
  { span, source }: YamlScalar,
  name: Omit<NamedSpot, 'span'> | undefined,
): void {
  if (name === undefined || name.text === '') return;
  const written = text.slice(span.start, span.end);
  const inset = /^["']/.test(written) ? 1 : 0;
  const start = span.start + inset + source.indexOf(name.text);
  const end = start + name.text.length;
  if (text.slice(start, end) === name.text) spots.push({ ...name, span: { start, end } });
}
