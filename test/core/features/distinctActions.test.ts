import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkFile } from '../../../server/src/core/check/check.ts';
import { codeActions, resolveCodeAction } from '../../../server/src/core/features/codeActions.ts';
import { mirrorRule } from '../../../server/src/core/policy/mirrorRule.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import type { RegistryPolicy } from '../../../server/src/core/policy/types.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { catalogs } from '../../support/views.ts';

const uri = 'file:///ws/values.yaml';
const everything = parsePolicy({
  rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }],
}).policy;

function world(text: string, policy: RegistryPolicy | undefined = everything): Snapshot {
  return Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings: { ...noSettings, policy }, project: undefined }],
    files: new Map([[uri, new ValuesFile(uri, text)]]),
  });
}

/** The titles of what changes something at a word, the preferred ones with a star. */
function changing(snapshot: Snapshot, word: string): readonly string[] {
  const start = snapshot.file(uri)?.text.indexOf(word) ?? -1;
  return codeActions(snapshot, uri, { start, end: start })
    .filter(({ step, title }) => step === undefined && !title.startsWith('Turn '))
    .map(({ title, isPreferred }) => `${isPreferred ? '* ' : ''}${title}`);
}

describe('the lightbulb', () => {
  it('offers one action for the overrides that a component lacks', () =>
    assert.deepEqual(
      changing(
        world('kubeflow_tools:\n  katib:\n    enabled: true\n', {
          rules: [mirrorRule('docker.io/kubeflowkatib', 'r.example.com')],
          private: [],
        }),
        'katib',
      ),
      [
        'Redirect 14 such images with a Kyverno policy',
        '* Add 3 missing overrides of kubeflow_tools.katib to values.yaml',
        'Pin the tags of 3 images of Katib',
      ],
    ));

  it('offers one action for one public image', () =>
    assert.deepEqual(
      changing(
        world(
          'deploykf_core:\n  deploykf_auth:\n    images: { dex: { repository: ghcr.io/dexidp/dex, tag: v2.36.0 } }\n',
          { rules: [mirrorRule('ghcr.io/dexidp', 'r.example.com')], private: [] },
        ),
        'ghcr',
      ),
      ['* Rewrite to r.example.com/dex'],
    ));

  it('says which value it is about where others share the title', () => {
    const titles = changing(world('kubeflow_tools:\n  katib: {}\n'), 'kubeflow_tools');
    assert.deepEqual(
      titles.filter(title => title.startsWith('Use https://blob.istio.io/')),
      [
        'Use https://blob.istio.io/istio-release/charts (deploykf_dependencies.istio)',
        'Use https://blob.istio.io/istio-release/charts (deploykf_core.deploykf_istio_gateway)',
      ],
    );
  });

  for (const path of ['guide/sample-values-overrides.yaml', 'mirrored/values.yaml', 'reach/values.yaml'])
    it(`offers nothing twice, and at most one preferred action, in ${path}`, () => {
      const file = new URL(`../../e2e/fixtures/${path}`, import.meta.url);
      const snapshot = world(readFileSync(file, 'utf8'));
      const findings = checkFile(snapshot, uri);
      assert.ok(findings.length > 0);
      for (const { span } of findings) {
        const actions = codeActions(snapshot, uri, span).filter(({ step }) => step === undefined);
        const edits = actions.map(action => JSON.stringify(action.edits()));
        assert.equal(new Set(edits).size, edits.length, actions.map(({ title }) => title).join('\n'));
        assert.equal(new Set(actions.map(({ title }) => title)).size, actions.length);
        for (const finding of findings) {
          const preferred = actions.filter(each => each.isPreferred && each.findings.includes(finding));
          assert.ok(preferred.length <= 1, preferred.map(({ title }) => title).join('\n'));
        }
        for (const { id, title, isPreferred, edits: make } of actions) {
          assert.equal(resolveCodeAction(snapshot, uri, id)?.title, title);
          if (isPreferred) assert.ok(make().length > 0, title);
        }
      }
    });
});
