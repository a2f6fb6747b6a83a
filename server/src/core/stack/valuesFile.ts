import { SourceText } from '../text/sourceText.ts';
import { anchorsOf, firstDocument, type Anchors } from '../yaml/lookup.ts';
import type { YamlMap, YamlNode } from '../yaml/nodes.ts';
import { parseYaml, type ParsedYaml } from '../yaml/parse.ts';

/** The top-level keys that only deployKF's values have. `argocd` and `kubernetes` are too common to tell. */
const tellingKeys = new Set([
  'deploykf_core',
  'deploykf_dependencies',
  'deploykf_opt',
  'kubeflow_dependencies',
  'kubeflow_tools',
]);

/** One version of a text, parsed when first asked. Immutable: a new text makes a new `ValuesFile`. */
export class ValuesFile {
  readonly uri: string;
  /** The editor's version of the text; `undefined` for a file on disk. */
  readonly version: number | undefined;
  readonly source: SourceText;
  readonly #previous: ParsedYaml | undefined;
  #yaml: ParsedYaml | undefined;
  #anchors: Anchors | undefined;

  constructor(uri: string, text: string, options: { readonly version?: number; readonly previous?: ValuesFile } = {}) {
    this.uri = uri;
    this.version = options.version;
    this.source = new SourceText(text);
    this.#previous = options.previous?.yaml;
  }

  get text(): string {
    return this.source.text;
  }

  get yaml(): ParsedYaml {
    return (this.#yaml ??= parseYaml(this.text, this.#previous));
  }

  /** The root that deployKF uses: that of the first document that is not null. */
  get root(): YamlNode | undefined {
    return firstDocument(this.yaml);
  }

  /** The root as deployKF can merge it: `undefined` when it is empty or no map. */
  get map(): YamlMap | undefined {
    const root = this.root;
    return root?.kind === 'map' ? root : undefined;
  }

  get anchors(): Anchors {
    return (this.#anchors ??= this.text.includes('&') ? anchorsOf(this.root) : new Map());
  }

  /** Whether the content says that this is a deployKF values file. Does not parse texts that cannot be one. */
  get isValues(): boolean {
    return (
      /deploykf_|kubeflow_/.test(this.text) && (this.map?.pairs.some(pair => tellingKeys.has(pair.key.source)) ?? false)
    );
  }
}
