import type { Component } from '../catalog/types.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Contribution } from '../stack/effective.ts';
import type { Layer } from '../stack/layer.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { Embedding } from '../yaml/embedded.ts';
import { anchorsOf, resolved } from '../yaml/lookup.ts';
import { parsePath, type Path, type YamlNode, type YamlScalar } from '../yaml/nodes.ts';
import { parseYaml } from '../yaml/parse.ts';
import { namespaceOf } from './namespaces.ts';
import {
  mayHoldSecrets,
  movedSecret,
  readSecrets,
  type EditableSecret,
  type SecretManifest,
} from '../secrets/readSecrets.ts';
import type { LocatedSecret } from '../secrets/secretsInFile.ts';

/** A Secret that a component's `extraManifests` create. */
export interface ExtraSecret extends LocatedSecret {
  readonly component: Component;
  readonly layer: Layer;
  readonly file: ValuesFile;
  /** The value path of the manifest. */
  readonly item: Path;
  /** What can be edited, at its places in the string, or in the file where there is none. */
  readonly manifest: SecretManifest;
  /** The string that the manifest is the content of; `undefined` for one that is written as a map. */
  readonly embedding: Embedding | undefined;
}

export interface ExtraSecrets {
  /** Those that are deployed: of enabled components, in the list that counts. */
  readonly deployed: readonly ExtraSecret[];
  /** Those in a list that a stronger layer replaces. */
  readonly replaced: readonly ExtraSecret[];
  /** Those of components that are not deployed. */
  readonly disabled: readonly ExtraSecret[];
  /** Another tool fills in a part that may be a Secret, so that not all are known. */
  readonly open: boolean;
}

/** The Secrets in the `extraManifests` of a stack, which go to their component's namespace unless they name another. */
export function extraSecrets(view: StackView): ExtraSecrets {
  return view.memo(readExtraSecrets);
}

function readExtraSecrets(view: StackView): ExtraSecrets {
  const lists = view.catalog.catalog.components.flatMap(component => {
    const value = view.effective.at(`${component.path}.extraManifests`);
    const [winner, ...others] = value?.all.filter(part => part.layer.file !== undefined) ?? [];
    if (winner === undefined) return [];
    return [{ component, namespace: namespaceOf(view, component), winner, others }];
  });
  const isOn = ({ component }: Owner): boolean => view.isEnabled(component);
  const enabled = lists.filter(isOn);
  const read = enabled.map(({ winner, ...rest }) => secretsOf(winner, rest));
  return {
    deployed: read.flatMap(({ secrets }) => secrets),
    replaced: enabled.flatMap(({ others, ...rest }) => others.flatMap(part => secretsOf(part, rest).secrets)),
    disabled: lists
      .filter(list => !isOn(list))
      .flatMap(({ winner, ...rest }) => secretsOf(winner, rest).secrets),
    open: read.some(({ open }) => open),
  };
}

interface Owner {
  readonly component: Component;
  readonly namespace: string;
}

interface Holder extends Owner {
  readonly layer: Layer;
  readonly file: ValuesFile;
  readonly item: Path;
}

interface ReadList {
  readonly secrets: readonly ExtraSecret[];
  readonly open: boolean;
}

function secretsOf({ node, layer }: Contribution, owner: Owner): ReadList {
  const { file } = layer;
  if (file === undefined) return { secrets: [], open: false };
  if (node.kind !== 'seq') return { secrets: [], open: isTemplate(node) };
  const list = [...parsePath(owner.component.path), 'extraManifests'];
  const items = node.items.map((item, index) =>
    itemSecrets(resolved(item, layer.anchors), { ...owner, layer, file, item: [...list, index] }),
  );
  return { secrets: items.flatMap(({ secrets }) => secrets), open: items.some(({ open }) => open) };
}

function itemSecrets(item: YamlNode | undefined, holder: Holder): ReadList {
  if (item?.kind === 'scalar') return textSecrets(item, holder);
  const secrets = readSecrets(
    item,
    { anchors: holder.layer.anchors, text: holder.file.text },
    holder.namespace,
  );
  return { secrets: secrets.map(secret => locate(secret, holder, undefined)), open: false };
}

/** A string with control flow of templates may render to anything. */
function textSecrets(item: YamlScalar, holder: Holder): ReadList {
  const text = item.source;
  const isOpen =
    /\{\{<?-?\s*(?:if|range|with|else|end|include|template|define)\b/.test(text) || isTemplate(item);
  if (isOpen || !mayHoldAny(text)) return { secrets: [], open: isOpen };
  const embedding = Embedding.of(holder.file.source, item);
  if (embedding === undefined) return { secrets: [], open: true };
  const inner = embedding.source.text;
  const parsed = parseYaml(inner);
  const secrets = parsed.documents.flatMap(({ root }) =>
    readSecrets(root, { anchors: anchorsOf(root), text: inner }, holder.namespace),
  );
  return {
    secrets: secrets.map(secret => locate(secret, holder, embedding)),
    open: parsed.problems.length > 0,
  };
}

function mayHoldAny(text: string): boolean {
  return mayHoldSecrets(text) || /\bkind["']?\s*:\s*["']?Secret\b/.test(text);
}

/** Nothing but a template. */
function isTemplate(node: YamlNode): boolean {
  return node.kind === 'scalar' && /^\s*(?:\{\{|\$\{)[^]*\}\s*$/.test(node.source);
}

function locate(
  inner: EditableSecret,
  { component, layer, file, item }: Holder,
  embedding: Embedding | undefined,
): ExtraSecret {
  const moved = movedSecret(inner, span => embedding?.toOuter(span) ?? span);
  return {
    ...moved,
    uri: file.uri,
    place: file.locate(moved.span),
    namespacePlace: moved.namespaceSpan && file.locate(moved.namespaceSpan),
    ...{ component, layer, file, item, embedding, manifest: inner.manifest },
  };
}

export function isExtraSecret(secret: LocatedSecret): secret is ExtraSecret {
  return 'component' in secret;
}
