import assert from 'node:assert/strict';
import { codeLenses, codeLensText } from '../../../server/src/core/features/codeLenses.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { root, snapshot } from '../../support/stacks.ts';
import { shownUri, worldOfText } from '../../support/shownFile.ts';

const { policy } = parsePolicy({
  rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }],
});
const withPolicy = { ...noSettings, policy };

/** `the text at the lens: title (action)`. */
function lenses(world: ReturnType<typeof snapshot>, uri = shownUri): readonly string[] {
  const text = world.file(uri)?.text ?? '';
  return codeLenses(world, uri).map(({ span, id }) => {
    const { title, action } = codeLensText(world, uri, id) ?? { title: 'gone', action: undefined };
    const shown = typeof action === 'object' ? action.document : action;
    return `${text.slice(span.start, span.end)}: ${title} (${shown ?? 'nothing'})`;
  });
}

const text = [
  'deploykf_dependencies:',
  '  istio:',
  '    images:',
  '      istioPilot: { repository: registry.example.com/docker.io/istio/pilot }',
  '  cert_manager: &c {}',
  '  kyverno: *c',
  'kubeflow_tools:',
  '  katib: { enabled: false }',
  '',
].join('\n');

describe('code lenses', () => {
  it('say how many images are private, and offer to rewrite the others', () =>
    assert.deepEqual(lenses(worldOfText(text, withPolicy)), [
      ': deployKF 0.1.5: 1 of 21 images private · Mirror Plan (deploykf-values:/plan/standalone_3a_file_3a__2f__2f__2f_ws_2f_a.yaml/values.mirror.txt)',
      'cert_manager: 0 of 7 private · Rewrite (rewrite)',
      'istio: 1 of 2 private · Rewrite (rewrite)',
      'kyverno: 0 of 6 private · Rewrite (rewrite)',
    ]));

  it('count the images where there is no policy', () =>
    assert.deepEqual(lenses(worldOfText(text)), [
      ': deployKF 0.1.5: 21 images, 20 public · Mirror Plan (deploykf-values:/plan/standalone_3a_file_3a__2f__2f__2f_ws_2f_a.yaml/values.mirror.txt)',
      'cert_manager: 7 images, 7 public · Rewrite… (choose)',
      'istio: 2 images, 1 public · Rewrite… (choose)',
      'kyverno: 6 images, 6 public · Rewrite… (choose)',
    ]));

  it('are not there where there is nothing to count', () => {
    const isAuth = (lens: string): boolean => lens.startsWith('deploykf_auth');
    for (const images of ['', ' ~', ' {}']) {
      const found = lenses(
        worldOfText(`deploykf_core:\n  deploykf_auth:\n    images:${images}\n`, withPolicy),
      );
      assert.equal(found.some(isAuth), images === ' {}', images);
    }
    const off =
      'argocd: {}\ndeploykf_core: ~\ndeploykf_dependencies: ~\ndeploykf_opt: ~\nkubeflow_tools: ~\n';
    assert.deepEqual(lenses(worldOfText(off)), []);
  });

  it('offer nothing where everything is private', () => {
    const repositories = [
      'istioPilot: { repository: registry.example.com/a }',
      'istioProxy: { repository: registry.example.com/b }',
    ];
    const world = worldOfText(
      `deploykf_dependencies: { istio: { images: { ${repositories.join(', ')} } } }\n`,
      withPolicy,
    );
    assert.deepEqual(lenses(world).slice(1), ['istio: 2 private (nothing)']);
  });

  it('are at their places in an Application, with its stack on the first line', () =>
    assert.deepEqual(lenses(snapshot(), `${root}app.yaml`), [
      ': app (deployKF 0.1.5): 21 images, 21 public · Mirror Plan (deploykf-values:/plan/application_3a_file_3a__2f__2f__2f_ws_2f_app.yaml_23_0/app.mirror.txt)',
      'deploykf_auth: 3 images, 3 public · Rewrite… (choose)',
    ]));

  it('are not in files that are not of deployKF, nor kept when a stack is gone', () => {
    assert.deepEqual(lenses(worldOfText('a: { istio: {} }\n')), []);
    assert.equal(codeLensText(worldOfText(text), shownUri, { stack: 'other' }), undefined);
  });
});
