import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CatalogImage } from '../../server/src/core/catalog/types.ts';
import { parsePolicy } from '../../server/src/core/policy/parse.ts';
import { REGISTRY_LAYOUTS } from '../../server/src/core/policy/presets.ts';
import type { RegistryPolicy } from '../../server/src/core/policy/types.ts';
import type { StackView } from '../../server/src/core/analysis/stackView.ts';
import { changesToEdits } from '../../server/src/core/fixes/changes.ts';
import { imageNotOverridden } from '../../server/src/core/rules/image/imageNotOverridden.ts';
import { imagePublic } from '../../server/src/core/rules/image/imagePublic.ts';
import type { Report } from '../../server/src/core/findings/finding.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { applyEdits, type TextEdit } from '../../server/src/core/text/edit.ts';
import { formatText } from '../../server/src/core/yaml/format.ts';
import { catalogs, viewOf } from '../support/views.ts';

const policies: readonly RegistryPolicy[] = [
  ...REGISTRY_LAYOUTS.map(({ rules }): RegistryPolicy => ({
    rules: rules('r.example.com:5000/mirror'),
    private: [],
  })),
  ...[
    [{ source: 'docker.io', target: 'r.example.com/hub', library: 'strip' }],
    [
      { source: '*', target: 'r.example.com/{flat}' },
      { source: 'ghcr.io', target: null },
    ],
    [{ source: 'docker.io/bitnami', target: 'docker.io/acme', path: 'last' }],
  ].flatMap(rules => parsePolicy({ rules }).policy ?? []),
];

/** How one override is written. */
interface Written {
  readonly image: CatalogImage;
  readonly style: 'block' | 'flow' | 'quoted flow' | 'folded';
  readonly quote: 'plain' | 'single' | 'double';
  readonly repository: string;
  readonly comment: string;
  readonly withTag: boolean;
}

const repository = fc.constantFrom(
  'docker.io/istio/proxyv2',
  'mysql',
  'ghcr.io/dexidp/dex',
  'quay.io/a/b',
  'bitnami/kubectl',
  'r.example.com:5000/mirror/own',
  'index.docker.io/library/busybox',
);
const comment = fc.constantFrom('', ' # ours', ' # "quoted": {x}');

function layerOf(release: string): fc.Arbitrary<string> {
  const images = catalogs.of(release)?.catalog.images ?? [];
  const written = fc.record({
    image: fc.constantFrom(...images),
    style: fc.constantFrom('block' as const, 'flow' as const, 'quoted flow' as const, 'folded' as const),
    quote: fc.constantFrom('plain' as const, 'single' as const, 'double' as const),
    repository,
    comment,
    withTag: fc.boolean(),
  });
  return fc
    .record({
      overrides: fc.uniqueArray(written, { maxLength: 6, selector: item => item.image.path }),
      enabled: fc.subarray(
        catalogs.of(release)?.catalog.components.map(({ enabledPath }) => enabledPath) ?? [],
      ),
      eol: fc.constantFrom('\n', '\r\n'),
      step: fc.constantFrom(2, 4),
      head: fc.constantFrom('', '# values\n', '---\n', '\uFEFF'),
      tail: fc.constantFrom('\n', '', '\n\n# end\n', '\n# end'),
    })
    .map(({ overrides, enabled, eol, step, head, tail }) => {
      const tree: Tree = new Map();
      for (const path of enabled) plant(tree, path.split('.'), ['true']);
      for (const item of overrides) plant(tree, item.image.path.split('.'), linesOf(item));
      const lines = print(tree, step);
      return (head + (lines.length === 0 ? 'argocd: {}' : lines.join('\n')) + tail).replaceAll('\n', eol);
    });
}

type Tree = Map<string, Tree | readonly string[]>;

function plant(tree: Tree, [key = '', ...rest]: readonly string[], value: readonly string[]): void {
  const below = tree.get(key);
  if (rest.length === 0) tree.set(key, value);
  else {
    const next: Tree = below instanceof Map ? below : new Map();
    tree.set(key, next);
    plant(next, rest, value);
  }
}

/** What stands behind the key: the first line on the key's own line, `>` marks those on lines of their own. */
function linesOf({
  image,
  style,
  quote,
  repository: name,
  comment: note,
  withTag,
}: Written): readonly string[] {
  const text = image.form === 'map' ? name : `${name}:1.2`;
  const scalar = formatText(text, quote);
  if (image.form === 'list') {
    if (style !== 'block') return [`[ ${scalar} ,"other.example.com/x:1"]${note}`];
    return [note, `>- ${scalar}${note}`, `>- 'quay.io/z/z:9'`];
  }
  const value = style === 'folded' ? ['>-', `>  ${text}`] : [scalar + note];
  if (image.form === 'string') return value.map(line => line.replace(/^> {2}/, '>'));
  if (style === 'flow') return [`{repository: ${scalar}${withTag ? ' , tag: "1.2"' : ''} }${note}`];
  if (style === 'quoted flow') return [`{"repository": ${scalar}}${note}`];
  return [note, `>repository: ${value[0] ?? ''}`, ...value.slice(1), ...(withTag ? ['>tag: v1'] : [])];
}

function print(tree: Tree, step: number): readonly string[] {
  return [...tree].flatMap(([key, value]) => {
    if (!(value instanceof Map)) {
      const [first = '', ...rest] = value;
      return [`${key}: ${first}`.trimEnd(), ...rest.map(line => ' '.repeat(step) + line.slice(1))];
    }
    return [`${key}:`, ...print(value, step).map(line => ' '.repeat(step) + line)];
  });
}

function reportsOf(view: StackView): readonly Report[] {
  const { components } = view.catalog.catalog;
  return [
    ...view.images.flatMap(image => imagePublic.check(image, view)),
    ...components.flatMap(component => imageNotOverridden.check(component, view)),
  ];
}

interface Round {
  readonly texts: readonly string[];
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
}

function applyAll(texts: readonly string[], view: StackView): Round {
  const changes = reportsOf(view)
    .flatMap(({ fixes = [] }) => fixes.filter(({ applies }) => applies === 'all'))
    .flatMap(fix => fix.changes());
  const edits = new Map(changesToEdits(changes).map(({ uri, edits: own }) => [uri, own]));
  return {
    texts: texts.map((text, index) => applyEdits(text, edits.get(`file:///${index}.yaml`) ?? []) ?? ''),
    edits,
  };
}

const world = fc.constantFrom(...catalogs.releases).chain(release =>
  fc.record({
    release: fc.constant(release),
    texts: fc.array(layerOf(release), { minLength: 1, maxLength: 3 }),
    policy: fc.constantFrom(...policies),
  }),
);

describe('rewriting whole stacks', () => {
  it('makes every mapped image private, parses, keeps all other values and bytes, and is done after that', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(world, ({ release, texts, policy }) => {
        const before = viewOf(texts, { release, policy });
        for (const text of texts) assert.deepEqual(new ValuesFile('file:///x', text).yaml.problems, []);
        const once = applyAll(texts, before);
        const after = viewOf(once.texts, { release, policy });
        assert.equal(applyAll(once.texts, after).edits.size, 0, 'a second application changes nothing');
        assert.deepEqual(
          reportsOf(after).filter(({ fixes = [] }) => fixes.length > 0),
          [],
        );
        for (const text of once.texts) assert.deepEqual(new ValuesFile('file:///x', text).yaml.problems, []);
        checkImages(before, after);
        once.edits.forEach((edits, uri) => checkBytes(texts[Number(/\d+/.exec(uri)?.[0])] ?? '', edits));
      }),
      { numRuns: 60 },
    );
  });
});

/** Everything but the repositories that the policy maps is deployed as before. */
function checkImages(before: StackView, after: StackView): void {
  assert.deepEqual(
    after.images.map(entry => [entry.path, entry.repository, entry.resolved]),
    before.images.map(entry => {
      const isMapped = entry.enabled && entry.rewrite?.kind === 'rewritten';
      return [entry.path, isMapped ? entry.rewrite.repository : entry.repository, entry.resolved];
    }),
  );
}

/** Edits are in order, apart, and each removes only what reads as a repository. */
function checkBytes(text: string, edits: readonly TextEdit[]): void {
  for (const { span } of edits) {
    assert.match(text.slice(span.start, span.end), /^(?:>-\s+)?[\w./:-]*$/);
  }
}
