import { Memo } from '../text/memo.ts';
import { SourceText, type Position } from '../text/sourceText.ts';
import { touches, type Span } from '../text/span.ts';
import { Embedding } from '../yaml/embedded.ts';
import { anchorsOf, findPath, firstDocument, type Anchors } from '../yaml/lookup.ts';
import type { Path, YamlMap, YamlNode, YamlScalar } from '../yaml/nodes.ts';
import type { Problem } from '../text/problem.ts';
import { mayHaveAnchors, type ParsedYaml } from '../yaml/parse.ts';
import { parseTemplated, type TemplatedYaml } from '../yaml/parseTemplated.ts';
import { maskTemplateLines } from '../yaml/templates.ts';
import { mayHoldApplications, readApplications, type Application } from './application.ts';

const tellingLine = /^(?:deploykf_(?:core|dependencies|opt)|kubeflow_(?:dependencies|tools)):/m;

/** The top-level keys that only deployKF's values have. `argocd` and `kubernetes` are too common to tell. */
export const tellingKeys: ReadonlySet<string> = new Set([
  'deploykf_core',
  'deploykf_dependencies',
  'deploykf_opt',
  'kubeflow_dependencies',
  'kubeflow_tools',
]);

/** The file that a hosted values file is a string of. */
export interface Host {
  readonly file: ValuesFile;
  readonly embedding: Embedding;
  /** The string is that of something else, too, so no edit may touch it. */
  readonly isShared: boolean;
  /** Templates of the file are between its lines. */
  readonly hasTemplates: boolean;
}

/** A string that should be values but cannot be read. */
export interface UnreadValues {
  readonly node: YamlScalar;
  /** What the parser says of it; empty when it says nothing. */
  readonly problems: readonly Problem[];
}

export interface FileOptions {
  readonly version?: number;
  /** The text before this one, whose parts need not be parsed again. It is not kept. */
  readonly previous?: ValuesFile;
  readonly previousYaml?: ParsedYaml;
  readonly host?: Host;
}

/** A place as an editor shows it: in the real file, also for hosted values. */
export interface Location {
  readonly uri: string;
  readonly start: Position;
  readonly end: Position;
}

/** One version of a text, parsed when first asked. Immutable: a new text makes a new `ValuesFile`. */
export class ValuesFile {
  /** For hosted values, that of the outer file, `#` and where they are in it. */
  readonly uri: string;
  /** The editor's version of the text; `undefined` for a file on disk. */
  readonly version: number | undefined;
  readonly source: SourceText;
  /** Where the text is when it is a string of another file, such as an ArgoCD Application. */
  readonly host: Host | undefined;
  #previousYaml: ParsedYaml | undefined;
  readonly #previousHosted: ReadonlyMap<string, ParsedYaml>;
  readonly #memo = new Memo<ValuesFile>(this);
  readonly #hosted = new Map<string, ValuesFile>();
  #read: TemplatedYaml | undefined;
  #hostYaml: ParsedYaml | undefined;
  #masked: SourceText | undefined;
  #anchors: Anchors | undefined;
  #applications: readonly Application[] | undefined;

  constructor(uri: string, text: string, { version, previous, previousYaml, host }: FileOptions = {}) {
    this.uri = uri;
    this.version = version;
    this.source = new SourceText(text);
    this.host = host;
    this.#previousYaml = previousYaml ?? previous?.yaml;
    const hosted = previous === undefined ? [] : [...previous.#hosted];
    this.#previousHosted = new Map(hosted.map(([key, file]) => [key, file.yaml]));
  }

  get text(): string {
    return this.source.text;
  }

  get yaml(): ParsedYaml {
    return this.#reading.yaml;
  }

  get #reading(): TemplatedYaml {
    if (this.#read === undefined) {
      this.#read = parseTemplated(this.text, this.#previousYaml, this.host !== undefined);
      this.#previousYaml = undefined;
    }
    return this.#read;
  }

  /** The text with its lines of templates masked. */
  get #maskedLines(): SourceText {
    if (this.#masked !== undefined) return this.#masked;
    const masked = maskTemplateLines(this.text);
    return (this.#masked = masked === this.text ? this.source : new SourceText(masked));
  }

  /**
   * Whether lines of this text are templates, such as `{{- if .x }}`: what is absent may be there, and what
   * is twice may be there once. A file of its own that can be read as it is has none.
   */
  get hasTemplateLines(): boolean {
    if (this.host === undefined) return this.#reading.isMasked && this.#maskedLines !== this.source;
    return this.host.hasTemplates || this.#maskedLines !== this.source;
  }

  /** The root that deployKF uses: that of the first document that is not null. */
  get root(): YamlNode | undefined {
    return firstDocument(this.yaml);
  }

  /** The root as deployKF can merge it: `undefined` when it is empty or no map. */
  get map(): YamlMap | undefined {
    const { root } = this;
    if (root?.kind === 'map') return root;
    return undefined;
  }

  get anchors(): Anchors {
    return (this.#anchors ??= mayHaveAnchors(this.yaml) ? anchorsOf(this.root) : new Map());
  }

  /** Whether the content says that this is a deployKF values file. Does not parse texts that cannot be one. */
  get isValues(): boolean {
    if (!/deploykf_|kubeflow_/.test(this.text)) return false;
    const pairs = this.map?.pairs ?? [];
    if (pairs.some(pair => tellingKeys.has(pair.key.source))) return true;
    // Where a mistake keeps a text from being read, its lines tell.
    return this.yaml.problems.length > 0 && tellingLine.test(this.text);
  }

  /** The ArgoCD Applications in the file that run the deployKF plugin. */
  get applications(): readonly Application[] {
    return (this.#applications ??= applicationsOf(this));
  }

  /** What follows from the text alone, made once. */
  memo<T>(make: (file: ValuesFile) => T): T {
    return this.#memo.of(make);
  }

  /** The text as the host of values: Applications are often templates themselves. */
  get hostYaml(): ParsedYaml {
    if (this.#reading.isMasked || this.#maskedLines === this.source) return this.yaml;
    return (this.#hostYaml ??= parseTemplated(this.text, undefined, true).yaml);
  }

  /** Whether lines of the text are templates where it is read as the host of values. */
  get isTemplatedHost(): boolean {
    return this.hasTemplateLines || this.hostYaml !== this.yaml;
  }

  /** The text as it is read where all of it matters: as the host of Applications where it has any, else as values. */
  get wholeYaml(): ParsedYaml {
    const isHost = this.host === undefined && this.applications.length > 0;
    return isHost ? this.hostYaml : this.yaml;
  }

  /** The scalar at a path of a document, such as the values of an Application; `undefined`: there is none. */
  stringAt(document: number, path: Path): YamlScalar | undefined {
    const node = findPath(this.hostYaml.documents[document]?.root, path, new Map())?.node;
    return node?.kind === 'scalar' ? node : undefined;
  }

  /** The values in a string of this file; `undefined` when no readable string is there. */
  hosted(document: number, path: Path): ValuesFile | undefined {
    const key = hostedKey(document, path);
    const known = this.#hosted.get(key);
    if (known !== undefined) return known;
    const node = this.stringAt(document, path);
    if (node === undefined) return undefined;
    const isBlock = node.style === 'literal' || node.style === 'folded';
    const outer = isBlock ? this.#maskedLines : this.source;
    const embedding = Embedding.of(outer, node);
    if (embedding === undefined) return undefined;
    const previousYaml = this.#previousHosted.get(key);
    const isShared = this.memo(sharedValues).has(key);
    const file = new ValuesFile(`${this.uri}#${key}`, embedding.source.text, {
      host: { file: this, embedding, isShared, hasTemplates: !isSameIn(node.span, outer, this.source) },
      ...(previousYaml && { previousYaml }),
    });
    this.#hosted.set(key, file);
    return file;
  }

  /** The values that are strings in this file, in the order of the text; one that several Applications share is there once. */
  get hostedTexts(): readonly ValuesFile[] {
    return this.memo(hostedTextsOf);
  }

  /** The strings of Applications that should be values but cannot be read. */
  get unreadValues(): readonly UnreadValues[] {
    return this.applications.flatMap(({ document, values }): readonly UnreadValues[] => {
      if (values === undefined || this.hosted(document, values) !== undefined) return [];
      const { problems } = this.hostYaml;
      const node = this.stringAt(document, values);
      if (node === undefined || node.source.trim() === '') return [];
      return [{ node, problems: problems.filter(({ span }) => touches(node.span, span.start)) }];
    });
  }

  /** A span of this text as a place in the real file. */
  locate(span: Span): Location {
    if (this.host !== undefined) return this.host.file.locate(this.host.embedding.toOuter(span));
    return {
      uri: this.uri,
      start: this.source.positionAt(span.start),
      end: this.source.positionAt(span.end),
    };
  }
}

/** Most files need not be parsed for this. */
function applicationsOf(file: ValuesFile): readonly Application[] {
  if (!mayHoldApplications(file.text)) return [];
  return readApplications({ text: file.text, yaml: file.hostYaml });
}

function hostedKey(document: number, path: Path): string {
  return `${document}/${path.join('/')}`;
}

function hostedTextsOf(file: ValuesFile): readonly ValuesFile[] {
  const texts = new Set<ValuesFile>();
  for (const { document, values } of file.applications) {
    const text = values && file.hosted(document, values);
    if (text !== undefined) texts.add(text);
  }
  return [...texts];
}

/** The keys of the strings that are values of an Application and of something else. */
function sharedValues({ applications }: ValuesFile): ReadonlySet<string> {
  const shared = applications.filter(({ hasSharedValues }) => hasSharedValues);
  return new Set(shared.map(({ document, values = [] }) => hostedKey(document, values)));
}

function isSameIn({ start, end }: Span, a: SourceText, b: SourceText): boolean {
  return a === b || a.text.slice(start, end) === b.text.slice(start, end);
}

/** The URI of the real file. */
export function hostUri(uri: string): string {
  const at = uri.indexOf('#');
  if (at < 0) return uri;
  return uri.slice(0, at);
}
