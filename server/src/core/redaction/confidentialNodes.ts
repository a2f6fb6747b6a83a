import type { SourceText } from '../text/sourceText.ts';
import { withoutLogins } from '../text/logins.ts';
import { spansBetween, type Span } from '../text/span.ts';
import { placedParts } from '../yaml/block.ts';
import { Embedding } from '../yaml/embedded.ts';
import { anchorsOf, isMergeKey, resolved, type Anchors } from '../yaml/lookup.ts';
import {
  keyText,
  pairSpan,
  type YamlMap,
  type YamlNode,
  type YamlPair,
  type YamlScalar,
} from '../yaml/nodes.ts';
import { mayHaveAnchors, parseYaml, type ParsedYaml } from '../yaml/parse.ts';
import type { PlacedPart } from '../yaml/textPart.ts';
import { maskTemplateLines } from '../yaml/templates.ts';
import { mayHoldSecret } from './brokenSections.ts';
import {
  isConfidentialKey,
  isCredentialItself,
  isCredentialSection,
  isPublicPart,
  isSecretPart,
  leadsToCredentials,
  isTornCredential,
} from './confidentialKeys.ts';

/** What is confidential in a text that parses, by its tree; `ofText` finds it in the strings of the tree. */
export function confidentialNodes(source: SourceText, yaml: ParsedYaml, ofText: OfText): readonly Span[] {
  // What is masked of a text is not in its parts.
  const isWritten = yaml.parts?.text === source.text;
  const parts = isWritten ? placedParts(yaml.parts) : new Map<YamlPair, PlacedPart>();
  return yaml.documents.flatMap(({ root }) => {
    if (root === undefined) return [];
    const anchors = mayHaveAnchors(yaml) ? anchorsOf(root) : new Map<string, YamlNode>();
    const finder = new Finder({ source, ofText, anchors, root, parts });
    finder.see(root);
    if (finder.spans.length > 0 && mayHoldSecret(source.text)) finder.hideStrays();
    finder.hideTexts();
    return finder.spans;
  });
}

/** The confidential parts of a text that is in another one. */
export type OfText = (source: SourceText, yaml: ParsedYaml) => readonly Span[];

interface Within {
  readonly source: SourceText;
  readonly ofText: OfText;
  readonly anchors: Anchors;
  readonly root: YamlNode;
  /** Those of the text, in which is found again what was found before an edit elsewhere. */
  readonly parts: ReadonlyMap<YamlPair, PlacedPart>;
}

/** What `TextPart.once` keeps the confidential spans of a part by. */
const spansOfPart = {};

/**
 * What may be read of a manifest that is, or may be, a Secret:
 * no more than the head by which the cluster knows it.
 */
const headKeys = new Set(['apiVersion', 'kind', 'type', 'immutable']);
const bodyKeys = new Set(['metadata', 'data', 'stringData', 'spec', 'items', 'sops', 'encryptedData']);
const configKey = /^\.dockerc(?:onfigjson|fg)$/;
const metadataKeys = new Set(['name', 'namespace', 'creationTimestamp']);

/**
 * Kinds that do not contain credentials themselves. A kind that is not among them may be a misspelled Secret.
 */
const openKinds =
  /^(?:Application|ApplicationSet|AppProject|ConfigMap|CronJob|DaemonSet|Deployment|Job|Namespace|Ingress|NetworkPolicy|PersistentVolumeClaim|Pod|PodDefault|Profile|(?:Cluster)?(?:Policy|Role|RoleBinding|Issuer)|Service|ServiceAccount|StatefulSet|StorageClass|Certificate|Gateway|VirtualService|DestinationRule|AuthorizationPolicy|RequestAuthentication|PeerAuthentication|EnvoyFilter|ServiceEntry|(?:Cluster)?ExternalSecret|SealedSecret|Kustomization)$/;

/** The scalars that deployKF's components have beside `extraManifests`. */
const componentKeys =
  /^(?:enabled|namespace|createNamespace|defaultImageVariant|configuration|mysqlDatabase|notebookTemplate|tensorboardImage)$/;

class Finder {
  readonly spans: Span[] = [];
  readonly #within: Within;
  /** What is hidden wherever it is. */
  readonly #hidden = new Set<YamlNode>();

  constructor(within: Within) {
    this.#within = within;
  }

  see(node: YamlNode): void {
    if (node.kind === 'map') this.#seeMap(node);
    else if (node.kind === 'seq') for (const item of node.items) this.see(item);
    else if (node.kind !== 'scalar') return;
    else if (isTornCredential(node.source) || hidesLogin(node.source)) this.#hide(node);
    else if (isLikelyText(node)) this.#seeText(node, false);
  }

  #seeMap(map: YamlMap): void {
    if (isManifest(map)) return this.#seeManifest(map);
    const extra = map.pairs.find(({ key }) => keyText(key) === 'extraManifests');
    const hasExtra = extra !== undefined && !(extra.value.kind === 'seq' && extra.value.items.length === 0);
    const isNamedCredential = map.pairs.some(
      ({ key, value }) =>
        keyText(key) === 'name' && value.kind === 'scalar' && isConfidentialKey(value.source),
    );
    for (const pair of map.pairs) {
      const { key, value } = pair;
      if (pair === extra) this.#seeManifests(value);
      else if (hasExtra && isStray(pair)) this.#hidePair(pair);
      else if (isNamedCredential && keyText(key) === 'value') this.#hide(value);
      else this.#seePair(pair);
    }
  }

  /**
   * A line of a Secret that is indented too little becomes a scalar of a section above:
   * deployKF has none there.
   */
  hideStrays(): void {
    const pairs = pairsIn(this.#within.root);
    const sections = pairs.filter(({ key }) => isSection(keyText(key)));
    if (sections.length === 0) return;
    const strays = [pairs, ...sections.map(({ value }) => pairsIn(value))].flat().filter(isStray);
    for (const pair of strays) this.#hidePair(pair);
  }

  #seePair(pair: YamlPair): void {
    const placed = this.#within.parts.get(pair);
    if (placed?.isClosed !== true) return this.#lookInto(pair);
    const { part, start } = placed;
    const spans = part.once(spansOfPart, () => {
      const finder = new Finder(this.#within);
      finder.#lookInto(pair);
      return finder.spans.map(span => ({ start: span.start - start, end: span.end - start }));
    });
    for (const span of spans) this.spans.push({ start: start + span.start, end: start + span.end });
  }

  #lookInto(pair: YamlPair): void {
    const { key, value } = pair;
    const name = keyText(key);
    if (isTornKey(name)) return this.#hidePair(pair);
    if (isCredentialSection(name)) return this.#seeCredentials(value);
    if (leadsToCredentials(name)) this.#hideTextsIn(value);
    if (!isConfidentialKey(name)) return this.see(value);
    if (value.kind !== 'map' || isSecretPart(name)) return this.#hide(value);
    for (const { key: below, value: part } of value.pairs) {
      if (isMergeKey(below) || !isCredentialItself(keyText(below))) this.see(part);
      else if (keyText(below) === 'value') this.#hide(part);
      else this.#hidePair({ key: below, value: part });
    }
  }

  /** What is in a section with a name and a password, or in a list of such. */
  #seeCredentials(value: YamlNode): void {
    if (value.kind === 'seq') for (const item of value.items) this.#seeCredentials(item);
    if (value.kind === 'scalar' || value.kind === 'alias') this.#hide(value);
    if (value.kind !== 'map') return;
    for (const pair of value.pairs) {
      const name = keyText(pair.key);
      const isKnown = isMergeKey(pair.key) || isConfidentialKey(name) || isPublicPart(name);
      const isPlain = pair.value.kind === 'scalar' && pair.value.type !== 'string';
      if (isKnown || isPlain) this.#seePair(pair);
      else this.#hide(pair.value);
    }
  }

  #hideTextsIn(value: YamlNode): void {
    const nodes = value.kind === 'seq' ? value.items : [value];
    for (const node of nodes) if (node.kind === 'scalar' && node.type === 'string') this.#hide(node);
  }

  /** A text where deployKF has a whole section or component. */
  hideTexts(): void {
    for (const { key, value } of pairsIn(this.#within.root)) {
      if (!isSection(keyText(key))) continue;
      const texts = [value, ...pairsIn(value).map(pair => pair.value)];
      for (const text of texts) if (text.kind === 'scalar' && text.type === 'string') this.#hide(text);
    }
  }

  /** `extraManifests`: a list, each item a map or a string. */
  #seeManifests(node: YamlNode | undefined): void {
    const items = node?.kind === 'seq' ? node.items : [node];
    for (const item of items) {
      if (item === undefined) continue;
      const target = resolved(item, this.#within.anchors);
      if (target?.kind === 'map') this.#seeManifest(target);
      else if (target?.kind === 'scalar') this.#seeText(target, true);
      else this.#hide(item);
    }
  }

  #seeManifest(map: YamlMap): void {
    const kind = map.pairs.find(({ key }) => keyText(key) === 'kind')?.value;
    const name = kind?.kind === 'scalar' ? kind.source : '';
    if (openKinds.test(name) && !hasRepeatedKey(map)) return this.#seeOpen(map);
    const isList = /^(?:Secret)?List$/.test(name);
    const visible = map.pairs.flatMap(pair =>
      this.#visibleIn(pair, { isRoot: map === this.#within.root, isList }),
    );
    this.#hideBetween(map, visible);
  }

  /** A manifest of another kind, which may hold a template of a Secret. */
  #seeOpen(map: YamlMap): void {
    const isConfigMap = map.pairs.some(
      ({ value }) => value.kind === 'scalar' && value.source === 'ConfigMap',
    );
    for (const pair of map.pairs) {
      if (keyText(pair.key) === 'data' && !isConfigMap) this.#hide(pair.value);
      else this.#seePair(pair);
    }
  }

  /** What may be seen of a pair of a Secret; hides the rest, even where aliases bring it from. */
  #visibleIn(pair: YamlPair, map: { readonly isRoot: boolean; readonly isList: boolean }): readonly Span[] {
    const { key, value } = pair;
    const name = keyText(key);
    if (map.isRoot && /^x-/.test(name)) {
      this.see(value);
      return [pairSpan(pair)];
    }
    if (map.isList && name === 'items') {
      this.#seeManifests(value);
      return [pairSpan(pair)];
    }
    if (headKeys.has(name) && isHead(value)) return [pairSpan(pair)];
    if (name === 'metadata' && value.kind === 'map')
      return [this.#heading(key), ...this.#visibleInMetadata(value)];
    this.#hideAliased(value);
    if (!headKeys.has(name) && !bodyKeys.has(name)) return [];
    const visible = [this.#heading(key)];
    if (value.kind !== 'map') return visible;
    for (const { key: below } of value.pairs)
      if (configKey.test(keyText(below))) visible.push(this.#heading(below));
    return visible;
  }

  #visibleInMetadata({ pairs }: YamlMap): readonly Span[] {
    return pairs.flatMap(pair => {
      if (metadataKeys.has(keyText(pair.key)) && isHead(pair.value)) return [pairSpan(pair)];
      this.#hideAliased(pair.value);
      return [];
    });
  }

  /** A key and what opens its value. */
  #heading({ span: { start, end } }: YamlScalar): Span {
    const { text } = this.#within.source;
    const opening = /^[ \t]*:[ \t]*(?:[|>][-+\d]*|[{[])?/.exec(text.slice(end, end + 200))?.[0] ?? '';
    return { start, end: end + opening.length };
  }

  /** Comments, too, also after the last value. */
  #hideBetween({ span, flow }: YamlMap, visible: readonly Span[]): void {
    const { source } = this.#within;
    const end = flow ? span.end : source.lineEnd(source.positionAt(span.end).line);
    const hidden = spansBetween({ start: span.start, end }, visible);
    this.spans.push(
      ...hidden.filter(part => /[^\s,:{}[\]"'?|>-]/.test(source.text.slice(part.start, part.end))),
    );
  }

  /** The content of a string. `isWhole`: it is a manifest, or else unknown. */
  #seeText(node: YamlScalar, isWhole: boolean): void {
    const embedding = Embedding.of(this.#within.source, node);
    if (embedding === undefined) return this.#hide(node);
    const { source } = embedding;
    const yaml = parseYaml(maskTemplateLines(source.text));
    const roots = yaml.documents
      .flatMap(({ root }) => root ?? [])
      .filter(root => root.span.end > root.span.start);
    const isBroken = yaml.problems.length > 0 || roots.some(root => root.kind !== 'map');
    if (isBroken && (isWhole || roots.some(root => root.kind !== 'map'))) return this.#hide(node);
    for (const span of this.#within.ofText(source, yaml)) this.spans.push(embedding.toOuter(span));
    if (!isWhole) return;
    for (const span of this.#manifestsOf(source, roots)) this.spans.push(embedding.toOuter(span));
  }

  #manifestsOf(source: SourceText, roots: readonly YamlNode[]): readonly Span[] {
    return roots.flatMap(root => {
      const inner = new Finder({ ...this.#within, source, anchors: anchorsOf(root), root: root });
      inner.#seeManifests(root);
      if (inner.spans.length === 0) return [];
      return [...inner.spans, ...commentsOf(source)];
    });
  }

  #hidePair({ key, value }: YamlPair): void {
    this.spans.push(key.span);
    this.#hide(value);
  }

  #hide(node: YamlNode): void {
    const { start, end } = node.span;
    const isFlow = (node.kind === 'map' || node.kind === 'seq') && node.flow;
    // The opening bracket stays to be seen.
    const from = isFlow ? start + 1 : start;
    if (end > start) this.spans.push({ start: from, end });
    this.#hideAliased(node);
  }

  /** What aliases in a hidden node bring in from elsewhere. */
  #hideAliased(node: YamlNode): void {
    if (this.#hidden.has(node)) return;
    this.#hidden.add(node);
    if (node.kind === 'map') for (const { value } of node.pairs) this.#hideAliased(value);
    if (node.kind === 'seq') for (const item of node.items) this.#hideAliased(item);
    if (node.kind !== 'alias') return;
    const target = resolved(node, this.#within.anchors);
    if (target !== undefined) this.#hide(target);
  }
}

/**
 * Whether a value holds a login that its words alone do not tell, such as one with a quote or a blank in it.
 */
function hidesLogin(text: string): boolean {
  if (!text.includes('@') || text.length > 1000 || text.includes('\n')) return false;
  return withoutLogins(text, 'whole') !== withoutLogins(text);
}

/** Whether a key has taken in what was the value of a credential, such as `password:" hunter2`. */
function isTornKey(name: string): boolean {
  const words = name.split(/[^\w.-]+/);
  return words.length > 1 && words.some(isConfidentialKey);
}

function commentsOf({ text }: SourceText): readonly Span[] {
  return [...text.matchAll(/^[ \t]*#.*$/gm)].map(({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
  }));
}

/** Whether a string may hold a Secret: other texts are not looked into. */
function isLikelyText({ source, style }: YamlScalar): boolean {
  return style !== 'empty' && mayHoldSecret(source) && /[:{]\s|[\n{]/.test(source);
}

function isManifest({ pairs }: YamlMap): boolean {
  const keys = new Set(pairs.map(({ key }) => keyText(key)));
  const isSecret = pairs.some(
    ({ key, value }) => keyText(key) === 'kind' && value.kind === 'scalar' && /^Secret/.test(value.source),
  );
  const named = ['kind', 'apiVersion', 'metadata'].filter(key => keys.has(key)).length;
  return isSecret || keys.has('stringData') || named > 1;
}

function pairsIn(node: YamlNode): readonly YamlPair[] {
  if (node.kind !== 'map') return [];
  return node.pairs;
}

function isSection(name: string): boolean {
  return /^(?:deploykf|kubeflow)_\w+$/.test(name);
}

/**
 * A scalar that no section or component of deployKF has,
 * and that the user has not marked as one of their own.
 */
function isStray({ key, value }: YamlPair): boolean {
  if (value.kind !== 'scalar' || value.style === 'empty' || value.anchor !== undefined) return false;
  // No line of a Secret is true or false.
  if (value.type === 'bool') return false;
  return !componentKeys.test(keyText(key)) && !/^(?:x-|_|\.)/.test(keyText(key));
}

function hasRepeatedKey({ pairs }: YamlMap): boolean {
  return new Set(pairs.map(({ key }) => keyText(key))).size < pairs.length;
}

/** A word on one line, or what stands for one. */
function isHead(node: YamlNode): boolean {
  if (node.kind === 'alias') return true;
  return node.kind === 'scalar' && /^[\w.:{} $/-]{0,253}$/.test(node.source);
}
