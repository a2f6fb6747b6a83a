import assert from 'node:assert/strict';
import { codeActions, resolveCodeAction } from '../../../server/src/core/features/codeActions.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { formatPair } from '../../../server/src/core/yaml/format.ts';
import { countCalls } from '../../support/callCounts.ts';
import { mirrorRule } from '../../../server/src/core/policy/mirrorRule.ts';
import type { RegistryPolicy } from '../../../server/src/core/policy/types.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { catalogs } from '../../support/views.ts';

const uri = 'file:///ws/values.yaml';
const text =
  'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: { tag: 2.40 }\n      kubectl: { tag: 1.10 }\n';

function world(values = text, policy?: RegistryPolicy): Snapshot {
  const severities = { 'image-retired': 'off', 'chart-retired': 'off' } as const;
  return Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings: { ...noSettings, policy, severities }, project: undefined }],
    files: new Map([[uri, new ValuesFile(uri, values)]]),
  });
}

const at = { start: text.indexOf('2.40'), end: text.indexOf('2.40') };

describe('code actions', () => {
  it('are the fixes at the place, and the same for the file', () =>
    assert.deepEqual(
      codeActions(world(), uri, at).map(({ title, kind, isPreferred }) => [title, kind, isPreferred]),
      [
        ['Quote the tag: "2.40"', 'quickfix', true],
        ['Fix all 2 findings of image-tag-type in this file', 'quickfix', false],
        ['Rewrite to a private registry…', 'refactor.rewrite', false],
        ['Ignore image-tag-type here (reason…)', 'quickfix', false],
        ['Turn image-tag-type off in .deploykf-values.yaml', 'quickfix', false],
        ['Open the page of image-tag-type', 'quickfix', false],
      ],
    ));

  it('fix everything only when asked by name', () => {
    const [action] = codeActions(world(), uri, at, ['source.fixAll']);
    assert.equal(action?.kind, 'source.fixAll.deploykf');
    assert.equal(
      applyEdits(text, action?.edits()[0]?.edits ?? []),
      text.replace('2.40', '"2.40"').replace('1.10', '"1.10"'),
    );
  });

  it('fix what a fix brings to light', () => {
    const policy = { rules: [mirrorRule('ghcr.io', 'r.example.com')], private: [] };
    const before =
      'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: { repository: "ghcr.io/dexidp/dex:2.40" }\n';
    const [action] = codeActions(world(before, policy), uri, at, ['source.fixAll']);
    assert.equal(
      applyEdits(before, action?.edits()[0]?.edits ?? [])?.split('\n')[3],
      '      dex: { repository: "r.example.com/dexidp/dex", tag: "2.40" }',
    );
  });

  it('are not offered where they could change nothing', () => {
    const policy = { rules: [mirrorRule('docker.io/kubeflowkatib', 'r.example.com')], private: [] };
    const titlesIn = (values: string): readonly string[] =>
      codeActions(world(values, policy), uri, { start: 0, end: values.length }).map(({ title }) => title);
    const plain = 'x: &x { enabled: true }\nkubeflow_tools:\n  katib: { enabled: true }\n';
    assert.ok(titlesIn(plain).includes('Add 3 missing overrides of kubeflow_tools.katib to values.yaml'));
    assert.deepEqual(
      titlesIn(plain.replace('katib: { enabled: true }', 'katib: *x')).filter(title =>
        title.includes('katib'),
      ),
      [],
    );
  });

  it('are found again by their id', () => {
    for (const action of codeActions(world(), uri, at)) {
      assert.deepEqual(resolveCodeAction(world(), uri, action.id)?.edits(), action.edits(), action.title);
    }
    assert.equal(
      resolveCodeAction(world('deploykf_core: {}\n'), uri, codeActions(world(), uri, at)[0]?.id ?? ''),
      undefined,
    );
  });

  it('are none for other kinds and other files', () => {
    assert.deepEqual(codeActions(world(), uri, at, ['source.organizeImports']), []);
    assert.deepEqual(codeActions(world('a: 1\n'), uri, { start: 0, end: 1 }), []);
  });
});

interface Tree {
  [key: string]: Tree | string | number;
}

describe('the list of code actions', () => {
  it('makes no edit, however many images there are', () => {
    const { policy } = parsePolicy({ rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] });
    const catalog = catalogs.of('0.1.5');
    const images = catalog?.catalog.images.slice(0, 60) ?? [];
    assert.equal(images.length, 60);
    const tree: Tree = {};
    for (const { path, form } of images) {
      const steps = path.split('.');
      const name = steps.pop() ?? '';
      let node = tree;
      for (const step of steps) node = (node[step] ??= {}) as Tree;
      for (const [, component] of Object.entries(tree).flatMap(([, components]) =>
        Object.entries(components as Tree),
      )) {
        (component as Tree)['enabled'] = 'true';
      }
      node[name] = form === 'map' ? { repository: 'ghcr.io/a/b', tag: 1.1 } : 'ghcr.io/a/b:1';
    }
    const values = Object.entries(tree)
      .flatMap(([key, value]) => formatPair(key, value, 2))
      .join('\n')
      .replaceAll('"true"', 'true');
    const snapshot = world(values, policy);
    const whole = { start: 0, end: values.length };
    let actions: ReturnType<typeof codeActions> = [];
    const calls = countCalls(() => (actions = codeActions(snapshot, uri, whole)));
    assert.ok(actions.length >= 60, String(actions.length));
    for (const name of ['changesToEdits', 'setValues', 'removePath', 'toHostEdits'])
      assert.equal(calls.get(name) ?? 0, 0, name);
    const resolving = countCalls(() => actions[0]?.edits());
    assert.ok((resolving.get('changesToEdits') ?? 0) > 0);
  });
});
