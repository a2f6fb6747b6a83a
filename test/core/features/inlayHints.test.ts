import assert from 'node:assert/strict';
import { hover } from '../../../server/src/core/features/hover.ts';
import { inlayHintDetails, inlayHints } from '../../../server/src/core/features/inlayHints.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import type { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { noSettings, readProject } from '../../../server/src/core/workspace/settings.ts';
import { root } from '../../support/stacks.ts';
import { shownUri, worldOfText } from '../../support/shownFile.ts';
import { catalogs } from '../../support/views.ts';

const settings = { ...noSettings, release: '0.1.5' };
const everywhere = { start: 0, end: 100_000 };

/** The text with its hints in `‹›`. */
function hinted(text: string, world = worldOfText(text, settings)): string {
  const hints = inlayHints(world, shownUri, everywhere);
  return hints.reduceRight(
    (shown, { offset, label }) => `${shown.slice(0, offset)}‹${label}›${shown.slice(offset)}`,
    text,
  );
}

/** What each hint says, and the text after its edits. */
function details(world: Snapshot): readonly (readonly [tooltip: string, after: string | undefined])[] {
  const text = world.file(shownUri)?.text ?? '';
  return inlayHints(world, shownUri, everywhere).map(({ id }) => {
    const { tooltip, edits } = inlayHintDetails(world, id) ?? { tooltip: 'gone', edits: [] };
    return [tooltip, edits.length === 0 ? undefined : applyEdits(text, edits)];
  });
}

function istio(...lines: readonly string[]): string {
  return [
    'deploykf_dependencies:',
    '  istio:',
    '    images:',
    ...lines.map(line => `      ${line}`),
    '',
  ].join('\n');
}

const proxy = 'repository: registry.example.com/istio/proxyv2';

describe('inlay hints', () => {
  it('say which tag is put in for one that is open', () => {
    for (const tag of ['tag: ~', 'tag: null # why', 'tag:', '"tag": ""', 'tag :']) {
      const text = istio('istioProxy:', `  ${proxy}`, `  ${tag}`);
      const [, before = '', comment = ''] = /^(.*?)( #.*)?$/.exec(tag) ?? [];
      const wanted = `${before}‹1.17.8-distroless›${comment}`;
      assert.equal(hinted(text), text.replace(tag, wanted));
    }
  });

  it('say which tag belongs to a repository without one', () =>
    assert.equal(
      hinted(istio('istioProxy:', `  "repository": "registry.example.com/istio/proxyv2"`)),
      istio('istioProxy:', `  "repository": "registry.example.com/istio/proxyv2"‹:1.17.8-distroless›`),
    ));

  it('say nothing of a tag that is written, of what is not deployed, and of what is not known', () => {
    for (const text of [
      istio('istioProxy:', `  ${proxy}`, '  tag: v1'),
      `${istio('istioProxy:', `  ${proxy}`)}    enabled: false\n`,
      istio('istioProxy:', '  repository: "{{ .x }}"'),
      'kubeflow_tools: { katib: { images: { katibController: { repository: a/b } } } }\n',
      'a: { tag: ~ }\n',
    ])
      assert.equal(hinted(text), text);
  });

  it('are inside the range that is asked for', () => {
    const text = istio('istioProxy:', `  ${proxy}`);
    const world = worldOfText(text, settings);
    assert.deepEqual(inlayHints(world, shownUri, { start: 0, end: text.indexOf(proxy) }), []);
  });

  it('tell the reason in the words of the hover, and pin the tag', () => {
    const text = istio(
      'istioProxy:',
      `  ${proxy}`,
      '  tag: ~',
      'istioPilot: { repository: a.example.com/pilot }',
    );
    assert.deepEqual(details(worldOfText(text, settings)), [
      [
        'Tag `1.17.8-distroless`: `charts.istioDaemon.version` (`1.17.8`, default) and `defaultImageVariant` (`distroless`, default)',
        'deploykf_dependencies:\n' +
          '  istio:\n' +
          '    images:\n' +
          '      istioProxy:\n' +
          '        repository: registry.example.com/istio/proxyv2\n' +
          '        tag: 1.17.8-distroless\n' +
          '      istioPilot: { repository: a.example.com/pilot }\n',
      ],
      [
        'Tag `1.17.8-distroless`: `charts.istioDaemon.version` (`1.17.8`, default) and `defaultImageVariant` (`distroless`, default)',
        'deploykf_dependencies:\n' +
          '  istio:\n' +
          '    images:\n' +
          '      istioProxy:\n' +
          '        repository: registry.example.com/istio/proxyv2\n' +
          '        tag: ~\n' +
          '      istioPilot: { repository: a.example.com/pilot, tag: 1.17.8-distroless }\n',
      ],
    ]);
  });

  it('pin nothing where the text is that of others too, or the release is only guessed', () => {
    const shared = istio('istioProxy: &p', `  ${proxy}`, '  tag: ~', 'istioPilot: *p');
    assert.deepEqual(
      details(worldOfText(shared, settings)).map(([, after]) => after),
      [undefined],
    );
    const guessed = worldOfText(istio('istioProxy:', `  ${proxy}`));
    const [tooltip = '', after] = details(guessed)[0] ?? [];
    assert.match(tooltip, / {2}\ntaken for deployKF 0\\?\.1\\?\.5$/);
    assert.equal(after, undefined);
    const shown = hover(guessed, shownUri, guessed.file(shownUri)?.text.indexOf('istioProxy') ?? 0);
    assert.match(shown?.markdown ?? '', /taken for deployKF .* \(set "release:" in [^,]*\)/);
  });

  it('say which tag another layer sets', () => {
    const base = istio('istioProxy:', `  ${proxy}`);
    const project = new ValuesFile(
      `${root}.deploykf-values.yaml`,
      'stacks: [{ name: prod, release: 0.1.5, values: [a.yaml, prod.yaml] }]\n',
    );
    const read = readProject(project, { releases: catalogs.releases, codes: [] });
    const prod = new ValuesFile(`${root}prod.yaml`, istio('istioProxy: { tag: v2 }'));
    const world = worldOfText(base, read.settings)
      .withFolders([{ uri: root, settings: read.settings, project: read }])
      .withFile(prod.uri, prod);
    assert.equal(hinted(base, world), istio('istioProxy:', `  ${proxy}‹:v2›`));
    assert.deepEqual(details(world), [
      ['Tag `v2` from [prod.yaml:4](file:///ws/prod.yaml#L4), over `~` (default)', undefined],
    ]);
  });

  it('are at their places in the values of an Application, and pin there', () => {
    const text = [
      'kind: Application',
      'spec:',
      '  source:',
      '    plugin:',
      '      name: deploykf',
      '      parameters:',
      '        - { name: source_version, string: "0.1.5" }',
      '        - name: values',
      '          string: |',
      '            deploykf_dependencies:',
      '              istio: { images: { istioProxy: { repository: a.example.com/proxyv2 } } }',
      '',
    ].join('\r\n');
    assert.equal(hinted(text), text.replace('proxyv2', 'proxyv2‹:1.17.8-distroless›'));
    assert.deepEqual(details(worldOfText(text, settings)), [
      [
        'Tag `1.17.8-distroless`: `charts.istioDaemon.version` (`1.17.8`, default) and `defaultImageVariant` (`distroless`, default)',
        'kind: Application\r\n' +
          'spec:\r\n' +
          '  source:\r\n' +
          '    plugin:\r\n' +
          '      name: deploykf\r\n' +
          '      parameters:\r\n' +
          '        - { name: source_version, string: "0.1.5" }\r\n' +
          '        - name: values\r\n' +
          '          string: |\r\n' +
          '            deploykf_dependencies:\r\n' +
          '              istio: { images: { istioProxy: { repository: a.example.com/proxyv2, tag: 1.17.8-distroless } } }\r\n',
      ],
    ]);
  });
});
