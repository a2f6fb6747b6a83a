import { findPath, visit } from '../yaml/lookup.ts';
import { nearestName } from '../catalog/nearestName.ts';
import type { Path, YamlNode, YamlScalar } from '../yaml/nodes.ts';
import type { Span } from '../text/span.ts';
import { mayBeFilledIn } from './filledIn.ts';
import type { ParsedYaml } from '../yaml/parse.ts';

/** A text in the file and where it is. */
export interface Located {
  readonly text: string;
  readonly span: Span;
}

/** A parameter that has no effect: a sentence, and its place. */
export interface LostParameter {
  readonly message: string;
  readonly span: Span;
}

/** What an ArgoCD `Application` says to the deployKF plugin. */
export interface Application {
  /** Its `metadata.name`, or `application` without one. */
  readonly name: string;
  /** The index of its document in the file. */
  readonly document: number;
  /** The place to report at: the plugin's name. */
  readonly span: Span;
  readonly repository: string | undefined;
  /** The branch, tag or commit of the repository. */
  readonly revision: string | undefined;
  /** The folder in the repository that the values files are relative to. */
  readonly folder: string | undefined;
  readonly release: Located | undefined;
  readonly sourcePath: Located | undefined;
  /** As written; the plugin reads them in `pluginOrder`. */
  readonly valuesFiles: readonly Located[];
  /** What the plugin does not get of the parameters, each with what is wrong with it. */
  /** The names by which Helm charts of the Application may use files of its other sources: `$name/path`. */
  readonly refs: readonly string[];
  readonly lost: readonly LostParameter[];
  /** The path of the `values` string in its document, even where it is an alias; `undefined` when there is none. */
  readonly values: Path | undefined;
  /** Something else in the document is the same text by an alias, so no edit may touch it. */
  readonly hasSharedValues: boolean;
}

/**
 * The Applications of a file that run the deployKF plugin, in `spec.source` or one of `spec.sources`, also as items of a
 * `List` and as the template of an `ApplicationSet`. Ask `mayHoldApplications` first, which does not parse.
 */
export function readApplications(file: ParsedFile): readonly Application[] {
  return file.yaml.documents.flatMap(({ root }, document) => {
    const reader = new Reader(root);
    const found = objectsIn(reader, [], 0).flatMap(object => readObject(reader, object, document));
    return withShared(reader, found);
  });
}

/** Tells the values of Applications that something else in the document also uses. */
function withShared(reader: Reader, found: readonly FoundApplication[]): readonly Application[] {
  const users = new Map<string, number>();
  for (const { alias } of found) if (alias !== undefined) users.set(alias, (users.get(alias) ?? 0) + 1);
  return found.map(({ application, anchor }) => {
    if (application.hasSharedValues) return application;
    if (anchor === undefined || reader.aliasesOf(anchor) === (users.get(anchor) ?? 0)) return application;
    return { ...application, hasSharedValues: true };
  });
}

interface FoundApplication {
  readonly application: Application;
  /** Of its values. */
  readonly anchor: string | undefined;
  /** Of its values, where they are an alias. */
  readonly alias: string | undefined;
}

/** Lists in lists in lists; what is deeper was not written by people. */
const deepestList = 5;

/** The objects of a document: itself, or the items of a `List`, which may be lists again. */
function objectsIn(reader: Reader, object: Path, depth: number): readonly Path[] {
  if (reader.text([...object, 'kind'])?.text !== 'List' || depth > deepestList) return [object];
  return reader
    .indexes([...object, 'items'])
    .flatMap(index => objectsIn(reader, [...object, 'items', index], depth + 1));
}

function readObject(reader: Reader, owner: Path, document: number): readonly FoundApplication[] {
  const kind = reader.text([...owner, 'kind'])?.text;
  if (kind !== 'Application' && kind !== 'ApplicationSet') return [];
  // The template of a set is an Application; what its generators fill in is a template in it.
  const object = kind === 'Application' ? owner : [...owner, 'spec', 'template'];
  const sources: readonly Path[] = [
    [...object, 'spec', 'source'],
    ...reader
      .indexes([...object, 'spec', 'sources'])
      .map((index): Path => [...object, 'spec', 'sources', index]),
  ];
  return sources.flatMap(source => readSource(reader, { object, source, document }) ?? []);
}

/** Whether the text can define such an Application at all. */
export function mayHoldApplications(text: string): boolean {
  // Most texts lack the word, which is looked for in no time.
  if (!text.includes('Application')) return false;
  return /\bkind["']?\s*:\s*["']?Application(?:Set)?\b/.test(text) && /\bdeploykf\b/.test(text);
}

interface ParsedFile {
  readonly text: string;
  readonly yaml: ParsedYaml;
}

interface SourcePlace {
  /** The path of the Application in its document, and that of the source. */
  readonly object: Path;
  readonly source: Path;
  readonly document: number;
}

function readSource(reader: Reader, { object, source, document }: SourcePlace): FoundApplication | undefined {
  const plugin: Path = [...source, 'plugin'];
  const name = reader.text([...plugin, 'name']);
  if (name?.text !== 'deploykf') return undefined;
  const written: Path = [...plugin, 'parameters'];
  const parameters = reader.place(written);
  const valueAt = (wanted: string, kind: 'string' | 'array'): Path | undefined => {
    const isNamed = (item: number): boolean => reader.text([...parameters, item, 'name'])?.text === wanted;
    const named = reader.indexes(parameters).filter(isNamed);
    // Argo CD gives each to the plugin in its turn, so that the last text of the same variable counts.
    const index =
      named.findLast(item => reader.form([...parameters, item, kind]) !== undefined) ?? named.at(-1);
    if (index === undefined) return undefined;
    return [...parameters, index, kind];
  };
  const { path: values, anchor, alias } = reader.string(valueAt('values', 'string'));
  const application: Application = {
    name: reader.text([...object, 'metadata', 'name'])?.text ?? 'application',
    document,
    span: name.span,
    repository: reader.text([...source, 'repoURL'])?.text,
    revision: reader.text([...source, 'targetRevision'])?.text,
    folder: reader.text([...source, 'path'])?.text,
    release: filled(reader.text(valueAt('source_version', 'string'))),
    sourcePath: filled(reader.text(valueAt('source_path', 'string'))),
    valuesFiles: reader.texts(valueAt('values_files', 'array')),
    refs: refsIn(reader, object),
    lost: lostParameters(reader, parameters),
    values,
    // An alias further out: whoever else has the same list is not known.
    hasSharedValues: parameters !== written,
  };
  return { application, anchor, alias };
}

function refsIn(reader: Reader, object: Path): readonly string[] {
  const sources: Path = [...object, 'spec', 'sources'];
  return reader.indexes(sources).flatMap(index => reader.text([...sources, index, 'ref'])?.text ?? []);
}

/** The plugin takes an empty text for none (`-n` in plugin.yaml). */
function filled(text: Located | undefined): Located | undefined {
  return text?.text === '' ? undefined : text;
}

/** The parameters that the plugin reads (`parameters.static` in argocd-plugin/argocd-install/deploykf-plugin/plugin.yaml), and their kinds. */
export const kindsOfParameters: ReadonlyMap<string, 'string' | 'array'> = new Map([
  ['output_kustomize_path', 'string'],
  ['output_helm_path', 'string'],
  ['output_helm_values_files', 'array'],
  ['source_version', 'string'],
  ['source_path', 'string'],
  ['values_files', 'array'],
  ['values', 'string'],
]);

/** Parameters of a name that is nearly one of the plugin's, and those whose value has another form than it takes. */
function lostParameters(reader: Reader, parameters: Path): readonly LostParameter[] {
  return reader.indexes(parameters).flatMap((item): readonly LostParameter[] => {
    const name = reader.text([...parameters, item, 'name']);
    if (name === undefined || mayBeFilledIn(name.text)) return [];
    const kind = kindsOfParameters.get(name.text);
    if (kind === 'string' && isGivenAgain(reader, parameters, { item, name: name.text })) {
      const message = `"${name.text}" has no effect: it is given again below, and the plugin takes the last one, remove one of them`;
      return [{ message, span: name.span }];
    }
    if (kind !== undefined) return misformed(reader, [...parameters, item], { name, kind });
    const meant = nearestName(name.text, [...kindsOfParameters.keys()]);
    if (meant === undefined) return [];
    const message = `The plugin has no parameter "${name.text}", so that it has no effect: did you mean "${meant}"?`;
    return [{ message, span: name.span }];
  });
}

/** Whether a later parameter of the same name has a text, too. */
function isGivenAgain(
  reader: Reader,
  parameters: Path,
  { item, name }: { readonly item: number; readonly name: string },
): boolean {
  const isText = (index: number): boolean => reader.form([...parameters, index, 'string']) === 'a text';
  return (
    isText(item) &&
    reader
      .indexes(parameters)
      .some(
        other => other > item && isText(other) && reader.text([...parameters, other, 'name'])?.text === name,
      )
  );
}

interface KnownParameter {
  readonly name: Located;
  readonly kind: 'string' | 'array';
}

/**
 * Argo CD has one key for each form of a parameter (`ApplicationSourcePluginParameter`), and gives it to the plugin by a variable of
 * another name for each, of which this one reads one.
 */
function misformed(reader: Reader, item: Path, { name, kind }: KnownParameter): readonly LostParameter[] {
  const text = reader.text([...item, kind]);
  const form = reader.form([...item, kind]);
  if (text !== undefined && mayBeFilledIn(text.text)) return [];
  if (kind === 'array' && text !== undefined) {
    const message = `"${name.text}" needs a list: write [${text.text}], since Kubernetes refuses a text for "array"`;
    return [{ message, span: text.span }];
  }
  const isRefused = form === 'a map' || (form === 'a list' && kind === 'string');
  if (isRefused) {
    const advice = kind === 'array' ? 'write a list' : 'write a block after "string: |"';
    const message = `"${name.text}" is ${form}: ${advice}, since Kubernetes refuses ${form} for "${kind}"`;
    return [{ message, span: name.span }];
  }
  const other = ['string', 'array', 'map'].find(each => reader.form([...item, each]) !== undefined);
  if (form !== undefined || other === undefined) return [];
  const message = `"${name.text}" has no effect: the plugin reads its "${kind}" alone, so write "${kind}" in place of "${other}"`;
  return [{ message, span: name.span }];
}

/** The plugin gets the files in the lexical order of their numbers: the 11th comes before the third. */
export function pluginOrder<T>(files: readonly T[]): readonly T[] {
  return files
    .map((file, index) => ({ file, key: String(index) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ file }) => file);
}

/** What has an anchor. */
interface Anchored {
  readonly node: YamlNode;
  readonly path: Path;
}

interface FoundString {
  readonly path?: Path;
  readonly anchor?: string | undefined;
  readonly alias?: string;
}

class Reader {
  readonly #root: YamlNode | undefined;
  readonly #anchored = new Map<string, Anchored>();
  readonly #aliases = new Map<string, number>();
  #hasAnchors = false;

  constructor(root: YamlNode | undefined) {
    this.#root = root;
  }

  /** Where a collection is written, and the same path where no alias is on the way to it. */
  place(path: Path): Path {
    for (let length = 1; length <= path.length; length++) {
      const node = this.#node(path.slice(0, length));
      if (node?.kind !== 'alias') continue;
      this.#readAnchors();
      const anchored = this.#anchored.get(node.name);
      if (anchored === undefined) return path;
      // Fewer steps are left each time, so that a cycle ends.
      return this.place([...anchored.path, ...path.slice(length)]);
    }
    return path;
  }

  /** What is at a path; a path that does not exist has nothing. */
  text(path: Path | undefined): Located | undefined {
    const node = this.#node(path);
    return node && this.#located(node);
  }

  /** Where a string is written: for an alias, at its anchor. */
  string(path: Path | undefined): FoundString {
    const node = this.#node(path);
    if (path === undefined || node === undefined) return {};
    if (node.kind === 'scalar' && node.type !== 'null') return { path, anchor: node.anchor };
    if (node.kind !== 'alias') return {};
    this.#readAnchors();
    const anchored = this.#anchored.get(node.name);
    if (anchored?.node.kind !== 'scalar' || anchored.node.type === 'null') return {};
    return { path: anchored.path, anchor: node.name, alias: node.name };
  }

  aliasesOf(anchor: string): number {
    this.#readAnchors();
    return this.#aliases.get(anchor) ?? 0;
  }

  #readAnchors(): void {
    if (this.#hasAnchors) return;
    this.#hasAnchors = true;
    visit(this.#root, (node, path) => {
      if (node.kind === 'alias') this.#aliases.set(node.name, (this.#aliases.get(node.name) ?? 0) + 1);
      if (node.anchor !== undefined) this.#anchored.set(node.anchor, { node, path: path() });
    });
  }

  texts(path: Path | undefined): readonly Located[] {
    const node = this.#node(path);
    // Where another tool writes the whole list, it is one text that is not known yet.
    if (node?.kind === 'scalar' && mayBeFilledIn(node.source)) return [located(node)];
    if (node?.kind !== 'seq') return [];
    const texts: Located[] = [];
    for (const item of node.items) {
      const text = this.#located(item);
      if (text !== undefined) texts.push(text);
    }
    return texts;
  }

  /** An alias has the text of its anchor, at its own place. */
  #located(node: YamlNode): Located | undefined {
    if (node.kind === 'scalar') return node.type === 'null' ? undefined : located(node);
    if (node.kind !== 'alias') return undefined;
    this.#readAnchors();
    const anchored = this.#anchored.get(node.name)?.node;
    if (anchored?.kind !== 'scalar' || anchored.type === 'null') return undefined;
    return { text: anchored.source, span: node.span };
  }

  /** What is at a path; `undefined`: nothing, or null. */
  form(path: Path): 'a text' | 'a list' | 'a map' | undefined {
    const node = this.#node(path);
    if (node === undefined || (node.kind === 'scalar' && node.type === 'null')) return undefined;
    if (node.kind === 'seq') return 'a list';
    return node.kind === 'map' ? 'a map' : 'a text';
  }

  indexes(path: Path): readonly number[] {
    const node = this.#node(path);
    if (node?.kind !== 'seq') return [];
    return node.items.map((_, index) => index);
  }

  #node(path: Path | undefined): YamlNode | undefined {
    if (path === undefined) return undefined;
    return findPath(this.#root, path, new Map())?.node;
  }
}

function located(node: YamlScalar): Located {
  return { text: node.source, span: node.span };
}
