import assert from 'node:assert/strict';
import { rewriteFindings, type RewriteScope } from '../../../server/src/core/features/rewriteFindings.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { catalogs } from '../../support/views.ts';

const uri = 'file:///ws/values.yaml';
const text = [
  'deploykf_core:',
  '  deploykf_auth:',
  '    images: { dex: { repository: ghcr.io/dexidp/dex, tag: 2.40 } }',
  'kubeflow_tools:',
  '  training_operator:',
  '    enabled: true',
  '',
].join('\n');

function rewritten(scope: RewriteScope, place: string): string | undefined {
  const rules = ['ghcr.io/dexidp', 'docker.io/kubeflow'].map(source => ({
    source,
    target: `r.example.com/${source}`,
  }));
  const snapshot = Snapshot.of({
    catalogs,
    folders: [
      {
        uri: 'file:///ws/',
        settings: {
          ...noSettings,
          policy: parsePolicy({ rules }).policy,
          severities: { 'image-retired': 'off', 'chart-retired': 'off' },
        },
        project: undefined,
      },
    ],
    files: new Map([[uri, new ValuesFile(uri, text)]]),
  });
  const rewrite = rewriteFindings(snapshot, uri, { scope, offset: text.indexOf(place) });
  return rewrite && applyEdits(text, rewrite.edits[0]?.edits ?? []);
}

const dex = text.replace(' ghcr.io/', ' r.example.com/ghcr.io/');
const missing =
  '    images:\n      trainingOperator:\n        repository: r.example.com/docker.io/kubeflow/training-operator\n';

describe('rewriting by command', () => {
  it('takes a component', () => assert.equal(rewritten('component', 'dex'), dex));
  it('takes what is missing', () => assert.equal(rewritten('missing', 'dex'), text + missing));
  it('takes the file', () => assert.equal(rewritten('file', 'dex'), dex + missing));
  it('takes every finding', () =>
    assert.equal(rewritten('fixAll', 'dex'), (dex + missing).replace('2.40', '"2.40"')));
  it('says when the place is in no component', () =>
    assert.equal(rewritten('component', 'deploykf_core'), undefined));
});
