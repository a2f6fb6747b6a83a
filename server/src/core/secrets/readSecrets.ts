import type { Span } from '../text/span.ts';
import { findPath, type Anchors, type Found } from '../yaml/lookup.ts';
import type { Path, YamlNode, YamlPair, YamlScalar } from '../yaml/nodes.ts';
import { configKeys, decodeConfig, decodeData, type ConfigType, type DecodedConfig } from './dockerConfig.ts';

/** What is known of a Secret's registries. */
export type SecretContent =
  /** `field`: where the key is that counts; `stringData` wins over `data`. */
  | { readonly kind: 'config'; readonly field: 'data' | 'stringData'; readonly config: DecodedConfig }
  /** The key that belongs to its type does not exist. */
  | { readonly kind: 'absent' }
  /** The API server refuses it, since there is something else where a text must be. */
  | { readonly kind: 'refused'; readonly key: string; readonly written: 'map' | 'list' }
  /**
   * It is encrypted, kept elsewhere, filled in by another tool,
   * or of a type that the kubelet does not look at.
   */
  | { readonly kind: 'unknown' };

/** A Secret, or what makes one. Spans are in the text that was read. Does not contain credentials. */
export interface RegistrySecret {
  readonly kind: 'Secret' | 'ExternalSecret' | 'SealedSecret';
  /** `undefined`: another tool fills it in. */
  readonly name: string | undefined;
  /** `undefined`: it goes where it is applied, or another tool fills it in. */
  readonly namespace: string | undefined;
  /** It is sealed as it is, by SOPS or as a SealedSecret, so that no part of it can be changed. */
  readonly isSealed: boolean;
  /** `undefined`: not known. */
  readonly type: string | undefined;
  readonly content: SecretContent;
  /** The name, or the kind where there is none. */
  readonly span: Span;
  /** Where it names its namespace; `undefined`: it does not, or another tool fills it in. */
  readonly namespaceSpan: Span | undefined;
  /** The value of `type`, or its key where there is none; `undefined` when it is not in the Secret. */
  readonly typeSpan: Span | undefined;
  /** The key that holds the registries; `undefined` when there is none. */
  readonly keySpan: Span | undefined;
}

/** What can be edited in a Secret. What is after an alias or merge key is not a part of it. */
export interface SecretManifest {
  /** `absent`: there is no such key; `undefined`: it is not a text of the Secret. */
  readonly type: YamlPair | 'absent' | undefined;
  /** The key that holds the registries, and the scalar after it. */
  readonly key: Span | undefined;
  readonly value: Span | undefined;
  /** The anchors of these and of what they are in, by which they may be elsewhere as well. */
  readonly anchors: readonly string[];
}

/** A Secret as it was read. */
export interface EditableSecret extends RegistrySecret {
  readonly manifest: SecretManifest;
}

/** The same Secret in another text, in which its places are others. */
export function movedSecret(
  { kind, name, namespace, isSealed, type, content, span, namespaceSpan, typeSpan, keySpan }: RegistrySecret,
  move: (span: Span) => Span,
): RegistrySecret {
  return {
    ...{ kind, name, namespace, isSealed, type, content },
    span: move(span),
    namespaceSpan: namespaceSpan && move(namespaceSpan),
    typeSpan: typeSpan && move(typeSpan),
    keySpan: keySpan && move(keySpan),
  };
}

const defaultSecretType = 'Opaque';

/**
 * Whether a text can hold a pull secret, or a Secret that is meant for one: a cheap test before it is parsed.
 * Of Secrets that say nothing of Docker only those count that are documents of their own, which are short.
 */
export function mayHoldSecrets(text: string): boolean {
  return saysPullSecret(text) || /^(?:\{.*[{,]\s*)?["']?kind["']?\s*:\s*["']?Secret\b/m.test(text);
}

/** Whether it is likely that a text holds a pull secret, and not just any. */
export function saysPullSecret(text: string): boolean {
  return (
    /\bkind["']?\s*:\s*["']?(?:ExternalSecret|SealedSecret)\b|^secretGenerator:/m.test(text) ||
    (/\bdockerc(?:onfigjson|fg)\b/.test(text) && /\bkind["']?\s*:\s*["']?Secret(?:List)?\b/.test(text))
  );
}

export function isConfigType(type: string | undefined): type is ConfigType {
  return type !== undefined && Object.hasOwn(configKeys, type);
}

/** Whether another tool fills in a part of a text: Helm, gomplate, envsubst, Argo CD's vault plugin, SOPS. */
function isFilledIn(text: string): boolean {
  return /\{\{|\$[{(]|\$[A-Z_]|<[^<>]+>|^ENC\[/.test(text);
}

/** The text that a manifest is in. */
export interface ManifestText {
  readonly text: string;
  readonly anchors: Anchors;
}

/**
 * The Secrets of a document, also of a `List` or a Kustomization. `namespace`: that of a Secret which names
 * none; `undefined` where it is not known.
 */
export function readSecrets(
  root: YamlNode | undefined,
  within: ManifestText,
  namespace?: string,
): readonly EditableSecret[] {
  if (root === undefined) return [];
  const reader = new Reader(root, within);
  const kind = reader.text(['kind']);
  if (kind === 'Secret') return [secretOf(reader, namespace)];
  if (kind === 'ExternalSecret') return [externalOf(reader, namespace)];
  if (kind === 'SealedSecret') return [sealedOf(reader, namespace)];
  if (kind === undefined || kind === 'Kustomization') return generatedBy(reader, within, namespace);
  if (kind !== 'List' && kind !== 'SecretList') return [];
  const items = reader.node(['items']);
  if (items?.kind !== 'seq') return [];
  return items.items.flatMap(item => readSecrets(item, within, namespace));
}

class Reader {
  readonly #root: YamlNode;
  readonly #anchors: Anchors;
  readonly #text: string;

  constructor(root: YamlNode, { anchors, text }: ManifestText) {
    this.#root = root;
    this.#anchors = anchors;
    this.#text = text;
  }

  /** What is at a path, aliases resolved. */
  node(path: Path): YamlNode | undefined {
    const node = findPath(this.#root, path, this.#anchors)?.node;
    if (node?.kind === 'alias') return this.#anchors.get(node.name);
    return node;
  }

  /** What is at a path of the Secret itself: not after an alias or merge key. */
  own(path: Path): Found | undefined {
    const foundPath = findPath(this.#root, path, this.#anchors);
    if (foundPath === undefined || foundPath.inherited) return undefined;
    return foundPath;
  }

  key(path: Path): Span | undefined {
    return findPath(this.#root, path, this.#anchors)?.pair?.key.span;
  }

  scalar(path: Path): YamlScalar | undefined {
    const node = this.node(path);
    if (node?.kind === 'scalar' && node.type !== 'null') return node;
    return undefined;
  }

  text(path: Path): string | undefined {
    return this.scalar(path)?.source;
  }

  /** What is written where a text must be; `undefined` for a text, nothing, or a template. */
  collection(path: Path): 'map' | 'list' | undefined {
    const node = this.node(path);
    if (node?.kind === 'seq') return 'list';
    if (node?.kind === 'map' && !this.#text.startsWith('{{', node.span.start)) return 'map';
    return undefined;
  }

  has(path: Path): boolean {
    return this.node(path) !== undefined;
  }
}

type Draft = Omit<EditableSecret, 'name' | 'namespace' | 'span' | 'namespaceSpan'>;

/** A Secret without a name does not count; where the name is a map of a template, it is not known. */
function finish(
  reader: Reader,
  draft: Draft,
  {
    names,
    namespaces,
    fallback,
  }: { names: readonly Path[]; namespaces: readonly Path[]; fallback: string | undefined },
): EditableSecret {
  const at = names.map(path => reader.node(path)).find(node => node !== undefined);
  const namespace = namespaces.map(path => reader.node(path)).find(node => node !== undefined);
  const whole = reader.scalar(['kind'])?.span ?? { start: 0, end: 0 };
  const written = unlessFilledIn(sourceOf(namespace));
  return {
    ...draft,
    name: unlessFilledIn(sourceOf(at)),
    namespace: namespace === undefined ? unlessFilledIn(fallback) : written,
    span: at?.kind === 'scalar' ? at.span : whole,
    namespaceSpan: written === undefined ? undefined : namespace?.span,
  };
}

function sourceOf(node: YamlNode | undefined): string | undefined {
  if (node?.kind !== 'scalar') return undefined;
  return node.source;
}

function unlessFilledIn(text: string | undefined): string | undefined {
  if (text === undefined || isFilledIn(text)) return undefined;
  return text;
}

const own = { names: [['metadata', 'name']], namespaces: [['metadata', 'namespace']] };

function secretOf(reader: Reader, fallback: string | undefined): EditableSecret {
  const isEncrypted = reader.has(['sops']);
  const type = reader.text(['type']) ?? defaultSecretType;
  const { kind } = reader.node(['type']) ?? {};
  const isKnown = kind !== 'map' && kind !== 'seq';
  const knownType = isKnown ? unlessFilledIn(type) : undefined;
  const key = isConfigType(type) ? configKeys[type] : '.dockerconfigjson';
  const field = reader.has(['stringData', key]) ? 'stringData' : 'data';
  return finish(
    reader,
    {
      kind: 'Secret',
      isSealed: isEncrypted,
      type: knownType,
      content: isEncrypted ? { kind: 'unknown' } : contentOf(reader, field, knownType),
      typeSpan: typeSpanOf(reader, ['type']),
      keySpan: reader.key([field, key]),
      manifest: ownText(reader, field, key),
    },
    { ...own, fallback },
  );
}

function typeSpanOf(reader: Reader, path: Path): Span | undefined {
  const { node, pair } = reader.own(path) ?? {};
  const isShown = node?.kind === 'alias' || (node?.kind === 'scalar' && node.style !== 'empty');
  if (isShown) return node.span;
  return pair?.key.span;
}

function ownText(reader: Reader, field: 'data' | 'stringData', key: string): SecretManifest {
  const [type, value] = [reader.own(['type']), reader.own([field, key])];
  const holders = [[], ['type'], [field], [field, key]].map(path => reader.own(path)?.node.anchor);
  const ownType = type?.node.kind === 'scalar' ? type.pair : undefined;
  return {
    type: reader.has(['type']) ? ownType : 'absent',
    key: value?.pair?.key.span,
    value: value?.node.kind === 'scalar' ? value.node.span : undefined,
    anchors: holders.filter(anchor => anchor !== undefined),
  };
}

/** `type`: `undefined` where it is not known. */
function contentOf(reader: Reader, field: 'data' | 'stringData', type: string | undefined): SecretContent {
  const typeShape = reader.collection(['type']);
  if (typeShape !== undefined) return { kind: 'refused', key: 'type', written: typeShape };
  if (!isConfigType(type)) return { kind: 'unknown' };
  const key = configKeys[type];
  const shape = reader.collection([field, key]);
  if (shape !== undefined) return { kind: 'refused', key, written: shape };
  const node = reader.node([field, key]);
  const isOpen = ['data', 'stringData'].some(name => isFilledIn(reader.text([name]) ?? ''));
  if (node === undefined || (node.kind === 'scalar' && node.type === 'null')) {
    if (isOpen || reader.has(['data', '<<'])) return { kind: 'unknown' };
    return { kind: 'absent' };
  }
  if (node.kind !== 'scalar' || isFilledIn(node.source)) return { kind: 'unknown' };
  const config = field === 'data' ? decodeData(node.source, type) : decodeConfig(node.source, type);
  return { kind: 'config', field, config };
}

function externalOf(reader: Reader, fallback: string | undefined): EditableSecret {
  return finish(reader, madeElsewhere(reader, 'ExternalSecret'), {
    names: [['spec', 'target', 'name'], ...own.names],
    namespaces: own.namespaces,
    fallback,
  });
}

function sealedOf(reader: Reader, fallback: string | undefined): EditableSecret {
  return finish(reader, madeElsewhere(reader, 'SealedSecret'), {
    names: [['spec', 'template', 'metadata', 'name'], ...own.names],
    namespaces: [['spec', 'template', 'metadata', 'namespace'], ...own.namespaces],
    fallback,
  });
}

/**
 * Kustomize makes them of files. With a hash after the name, which is usual, values cannot name them.
 */
function generatedBy(
  reader: Reader,
  within: ManifestText,
  fallback: string | undefined,
): readonly EditableSecret[] {
  const list = reader.node(['secretGenerator']);
  if (list?.kind !== 'seq') return [];
  return list.items.map(item => {
    const entry = new Reader(item, within);
    const paths = { names: [['name']], namespaces: [['namespace']] };
    const namespace = reader.text(['namespace']) ?? fallback;
    return finish(entry, madeElsewhere(entry, 'Secret'), { ...paths, fallback: namespace });
  });
}

const typePaths = {
  Secret: ['type'],
  ExternalSecret: ['spec', 'target', 'template', 'type'],
  SealedSecret: ['spec', 'template', 'type'],
} as const;

function madeElsewhere(reader: Reader, kind: RegistrySecret['kind']): Draft {
  return {
    kind,
    isSealed: kind === 'SealedSecret',
    type: unlessFilledIn(reader.text(typePaths[kind])),
    content: { kind: 'unknown' },
    typeSpan: typeSpanOf(reader, typePaths[kind]),
    keySpan: undefined,
    manifest: { type: undefined, key: undefined, value: undefined, anchors: [] },
  };
}
