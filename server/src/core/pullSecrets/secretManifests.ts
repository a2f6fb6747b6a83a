import type { Span } from '../text/span.ts';
import { findPath, type Anchors } from '../yaml/lookup.ts';
import type { Path, YamlNode, YamlScalar } from '../yaml/nodes.ts';
import { configKeys, decodeConfig, decodeData, type ConfigType, type DecodedConfig } from './dockerConfig.ts';

/** What is known of a Secret's registries. */
export type SecretContent =
  /** `field`: where the key stands that counts; `stringData` wins over `data`. */
  | { readonly kind: 'config'; readonly field: 'data' | 'stringData'; readonly config: DecodedConfig }
  /** The key that belongs to its type is not there. */
  | { readonly kind: 'absent' }
  /** It is encrypted, kept elsewhere, filled in by another tool, or of a type that the kubelet does not look at. */
  | { readonly kind: 'unknown' };

/** A Secret, or what makes one. Spans lie in the text that was read. Holds no credential. */
export interface SecretManifest {
  readonly kind: 'Secret' | 'ExternalSecret' | 'SealedSecret';
  /** `undefined`: another tool fills it in. */
  readonly name: string | undefined;
  /** `undefined`: it goes where it is applied, or another tool fills it in. */
  readonly namespace: string | undefined;
  /** `undefined`: not known. */
  readonly type: string | undefined;
  readonly content: SecretContent;
  /** The name, or the kind where there is none. */
  readonly span: Span;
  /** The value of `type`; `undefined` when it stands nowhere. */
  readonly typeSpan: Span | undefined;
  /** The key that holds the registries, and the value that stands behind it; `undefined` when there is none. */
  readonly keySpan: Span | undefined;
  readonly valueSpan: Span | undefined;
}

const defaultSecretType = 'Opaque';

/** Whether a text can hold a pull secret: a cheap test before it is parsed. */
export function mayHoldSecrets(text: string): boolean {
  return (
    /\bkind["']?\s*:\s*["']?(?:ExternalSecret|SealedSecret)\b|^secretGenerator:/m.test(text) ||
    (/\bdockerc(?:onfigjson|fg)\b/.test(text) && /\bkind["']?\s*:\s*["']?Secret(?:List)?\b/.test(text))
  );
}

export function isConfigType(type: string | undefined): type is ConfigType {
  return type !== undefined && type in configKeys;
}

/** Whether another tool fills in a part of a text: Helm, gomplate, envsubst, Argo CD's vault plugin, SOPS. */
function isFilledIn(text: string): boolean {
  return /\{\{|\$[{(]|\$[A-Z_]|<[^<>]+>|^ENC\[/.test(text);
}

/**
 * The Secrets of a document, also of a `List` or a Kustomization. `namespace`: that of a Secret which names none; `undefined` where it is not
 * known.
 */
export function readSecrets(
  root: YamlNode | undefined,
  anchors: Anchors,
  namespace?: string,
): readonly SecretManifest[] {
  if (root === undefined) return [];
  const reader = new Reader(root, anchors);
  const kind = reader.text(['kind']);
  if (kind === 'Secret') return [secretOf(reader, namespace)];
  if (kind === 'ExternalSecret') return [externalOf(reader, namespace)];
  if (kind === 'SealedSecret') return [sealedOf(reader, namespace)];
  if (kind === undefined || kind === 'Kustomization') return generatedBy(reader, anchors, namespace);
  const items = kind === 'List' || kind === 'SecretList' ? reader.node(['items']) : undefined;
  return items?.kind === 'seq' ? items.items.flatMap(item => readSecrets(item, anchors, namespace)) : [];
}

class Reader {
  readonly #root: YamlNode;
  readonly #anchors: Anchors;

  constructor(root: YamlNode, anchors: Anchors) {
    this.#root = root;
    this.#anchors = anchors;
  }

  /** What stands at a path, aliases resolved. */
  node(path: Path): YamlNode | undefined {
    const node = findPath(this.#root, path, this.#anchors)?.node;
    return node?.kind === 'alias' ? this.#anchors.get(node.name) : node;
  }

  key(path: Path): Span | undefined {
    return findPath(this.#root, path, this.#anchors)?.pair?.key.span;
  }

  scalar(path: Path): YamlScalar | undefined {
    const node = this.node(path);
    return node?.kind === 'scalar' && node.type !== 'null' ? node : undefined;
  }

  text(path: Path): string | undefined {
    return this.scalar(path)?.source;
  }

  has(path: Path): boolean {
    return this.node(path) !== undefined;
  }
}

type Draft = Omit<SecretManifest, 'name' | 'namespace' | 'span'>;

/** A Secret without a name is none; where the name is a map of a template, it is not known. */
function finish(
  reader: Reader,
  draft: Draft,
  {
    names,
    namespaces,
    fallback,
  }: { names: readonly Path[]; namespaces: readonly Path[]; fallback: string | undefined },
): SecretManifest {
  const at = names.map(path => reader.node(path)).find(node => node !== undefined);
  const name = at?.kind === 'scalar' ? at.source : undefined;
  const namespace = namespaces.map(path => reader.node(path)).find(node => node !== undefined);
  const known = namespace === undefined ? fallback : namespace.kind === 'scalar' ? namespace.source : undefined;
  const whole = reader.scalar(['kind'])?.span ?? { start: 0, end: 0 };
  return {
    ...draft,
    name: name === undefined || isFilledIn(name) ? undefined : name,
    namespace: known === undefined || isFilledIn(known) ? undefined : known,
    span: at?.kind === 'scalar' ? at.span : whole,
  };
}

const own = { names: [['metadata', 'name']], namespaces: [['metadata', 'namespace']] };

function secretOf(reader: Reader, fallback: string | undefined): SecretManifest {
  const isEncrypted = reader.has(['sops']);
  const type = reader.text(['type']) ?? defaultSecretType;
  const isKnown = !isFilledIn(type) && reader.node(['type'])?.kind !== 'map';
  const key = isConfigType(type) ? configKeys[type] : '.dockerconfigjson';
  const field = reader.has(['stringData', key]) ? 'stringData' : 'data';
  return finish(
    reader,
    {
      kind: 'Secret',
      type: isKnown ? type : undefined,
      content: isEncrypted || !isKnown ? { kind: 'unknown' } : contentOf(reader, field, type),
      typeSpan: reader.scalar(['type'])?.span,
      keySpan: reader.key([field, key]),
      valueSpan: reader.scalar([field, key])?.span,
    },
    { ...own, fallback },
  );
}

function contentOf(reader: Reader, field: 'data' | 'stringData', type: string): SecretContent {
  if (!isConfigType(type)) return { kind: 'unknown' };
  const node = reader.node([field, configKeys[type]]);
  const isOpen = ['data', 'stringData'].some(name => isFilledIn(reader.text([name]) ?? ''));
  if (node === undefined || (node.kind === 'scalar' && node.type === 'null')) {
    return isOpen || reader.has(['data', '<<']) ? { kind: 'unknown' } : { kind: 'absent' };
  }
  if (node.kind !== 'scalar' || isFilledIn(node.source)) return { kind: 'unknown' };
  const config = field === 'data' ? decodeData(node.source, type) : decodeConfig(node.source, type);
  return { kind: 'config', field, config };
}

function externalOf(reader: Reader, fallback: string | undefined): SecretManifest {
  return finish(reader, madeElsewhere(reader, 'ExternalSecret'), {
    names: [['spec', 'target', 'name'], ...own.names],
    namespaces: own.namespaces,
    fallback,
  });
}

function sealedOf(reader: Reader, fallback: string | undefined): SecretManifest {
  return finish(reader, madeElsewhere(reader, 'SealedSecret'), {
    names: [['spec', 'template', 'metadata', 'name'], ...own.names],
    namespaces: [['spec', 'template', 'metadata', 'namespace'], ...own.namespaces],
    fallback,
  });
}

/** Kustomize makes them of files. With a hash behind the name, which is usual, nobody can name them in values. */
function generatedBy(reader: Reader, anchors: Anchors, fallback: string | undefined): readonly SecretManifest[] {
  const list = reader.node(['secretGenerator']);
  const items = list?.kind === 'seq' ? list.items : [];
  return items.map(item => {
    const entry = new Reader(item, anchors);
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

function madeElsewhere(reader: Reader, kind: SecretManifest['kind']): Draft {
  const type = reader.text(typePaths[kind]);
  return {
    kind,
    type: type === undefined || isFilledIn(type) ? undefined : type,
    content: { kind: 'unknown' },
    typeSpan: reader.scalar(typePaths[kind])?.span,
    keySpan: undefined,
    valueSpan: undefined,
  };
}
