import assert from 'node:assert/strict';
import { codeActions } from '../../../server/src/core/features/codeActions.ts';
import { fixAll } from '../../../server/src/core/fixes/fixAll.ts';
import { pinChanges } from '../../../server/src/core/fixes/pinTags.ts';
import { mirrorRule } from '../../../server/src/core/policy/mirrorRule.ts';
import type { StackPlan } from '../../../server/src/core/stack/plan.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { catalogs } from '../../support/views.ts';

const root = 'file:///ws/';
const uri = `${root}values.yaml`;
const istio = (tag: string): string => `deploykf_dependencies:
  istio:
    images:
      istioProxy:
        repository: docker.io/istio/proxyv2 # ours
${tag}      istioPilot: { repository: "r.example.com/istio/pilot", tag: ~ }
`;

function plan(id: string, uris: readonly string[], release: string | undefined): StackPlan {
  return { id, name: id, kind: 'given', release, uris, folder: root };
}

function snapshotOf(files: Readonly<Record<string, string>>, given: readonly StackPlan[]): Snapshot {
  const policy = { rules: [mirrorRule('docker.io/istio', 'r.example.com/istio')], private: [] };
  return Snapshot.of({
    catalogs,
    folders: [
      {
        uri: root,
        settings: { ...noSettings, policy, severities: { 'image-tag-unpinned': 'off' } },
        project: undefined,
      },
    ],
    files: new Map(
      Object.entries(files).map(([name, text]) => [root + name, new ValuesFile(root + name, text)]),
    ),
    given,
  });
}

function pinned(files: Readonly<Record<string, string>>, given: readonly StackPlan[]): readonly unknown[] {
  return pinChanges(snapshotOf(files, given), uri).map(
    change => change.kind === 'set' && change.path.join('.'),
  );
}

const both = ['istioProxy', 'istioPilot'].map(name => `deploykf_dependencies.istio.images.${name}.tag`);

describe('pinning the tags', () => {
  it('comes after the rewrites of a fix that asks for it, and is done once', () => {
    const snapshot = snapshotOf({ 'values.yaml': istio('') }, [plan('x', [uri], '0.1.5')]);
    const { texts, snapshot: fixed } = fixAll(snapshot, [uri], undefined, { pinsTags: true });
    const text = texts.get(uri) ?? '';
    assert.match(
      text,
      /repository: r\.example\.com\/istio\/proxyv2 # ours\n {8}tag: 1\.17\.8-distroless\n {6}istioPilot: \{ repository: "r\.example\.com\/istio\/pilot", tag: 1\.17\.8-distroless \}\n/,
    );
    assert.equal(fixAll(fixed, [uri], undefined, { pinsTags: true }).texts.size, 0);
    assert.doesNotMatch(fixAll(snapshot, [uri]).texts.get(uri) ?? '', /tag: 1/);
  });

  it('is a code action for the whole file', () => {
    const snapshot = snapshotOf({ 'values.yaml': istio('') }, [plan('x', [uri], '0.1.5')]);
    const action = codeActions(snapshot, uri, { start: 0, end: 0 }, ['refactor.rewrite']).find(({ title }) =>
      title.startsWith('Pin every'),
    );
    assert.equal(action?.title, 'Pin every tag of this file (2 images)');
    assert.match(
      applyEdits(istio(''), action.edits()[0]?.edits ?? []) ?? '',
      /proxyv2 # ours\n {8}tag: 1\.17\.8-distroless\n.*pilot", tag: 1\.17\.8-distroless \}/,
    );
  });

  it('leaves tags that are written, and what only other files name', () => {
    const files = { 'base.yaml': istio(''), 'values.yaml': istio('        tag: x\n') };
    const given = [plan('x', [`${root}base.yaml`, uri], '0.1.5')];
    assert.deepEqual(pinned(files, given), both.slice(1));
    assert.deepEqual(pinChanges(snapshotOf(files, given), `${root}base.yaml`), []);
  });

  it('never writes a tag that is not known for sure', () => {
    const files = {
      'values.yaml': istio(''),
      'other.yaml': 'deploykf_dependencies: {istio: {charts: {istioDaemon: {version: 1.18.0}}}}\n',
      'broken.yaml': 'kubeflow_tools: [\n',
    };
    const one = plan('x', [uri], '0.1.5');
    assert.deepEqual(pinned(files, [one]), both);
    assert.deepEqual(pinned(files, [plan('x', [uri], undefined)]), [], 'the release is a guess');
    const other = plan('y', [uri, `${root}other.yaml`], '0.1.5');
    assert.deepEqual(pinned(files, [one, other]), [], 'two stacks disagree');
    assert.deepEqual(pinned(files, [one, plan('y', [uri], '9.9.9')]), [], 'one release is not known');
    assert.deepEqual(
      pinned(files, [plan('y', [uri, `${root}none.yaml`], '0.1.5')]),
      [],
      'a layer is missing',
    );
    assert.deepEqual(
      pinned(files, [plan('y', [uri, `${root}broken.yaml`], '0.1.5')]),
      [],
      'a layer is broken',
    );
  });
});
