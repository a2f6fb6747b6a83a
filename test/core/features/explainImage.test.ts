import assert from 'node:assert/strict';
import { explainImage, imageText } from '../../../server/src/core/features/explainImage.ts';
import { imageUri } from '../../../server/src/core/workspace/virtualUris.ts';
import { snapshot } from '../../support/stacks.ts';
import { viewOf } from '../../support/views.ts';

describe('what is said of an image of the Images view', () => {
  const view = viewOf(['kubeflow_tools: { katib: { enabled: true } }\n']);
  const katib = 'kubeflow_tools.katib';

  it('is what a hover says', () =>
    assert.match(
      explainImage(view, katib, `${katib}.images.katibUi`) ?? '',
      /^\*\*katibUi\*\* · Katib · deployKF 0\.1\.5 {2}\n`docker\.io\/kubeflowkatib\/katib-ui:v0\.15\.0`/,
    ));

  it('is where an image is that no value can change', () => {
    const reference = 'docker.io/kubeflowkatib/suggestion-enas:v0.15.0';
    assert.deepEqual(explainImage(view, katib, reference)?.split('  \n'), [
      '**Katib** · deployKF 0.1.5',
      '`docker.io/kubeflowkatib/suggestion-enas:v0.15.0`',
      'ConfigMap katib\\-config: suggestions by ENAS',
      'No value can change it',
    ]);
    assert.equal(explainImage(view, 'kubeflow_tools.pipelines', reference), undefined);
  });

  it('is a document, too', () => {
    const stack = snapshot().plans[0]?.id ?? '';
    const auth = 'deploykf_core.deploykf_auth';
    const textOf = (image: string): string | undefined =>
      imageText(snapshot(), imageUri(stack, auth, `${auth}.images.${image}`));
    assert.deepEqual((textOf('dex') ?? '').split('  \n').slice(1, 3), [
      '`ghcr.io/dexidp/dex:v3`',
      'Tag `v3` from app.yaml:13, over `v2` (values/prod.yaml:1) and `v1` (base.yaml:5) and `v2.39.1` (default)',
    ]);
    assert.equal(textOf('gone'), undefined);
    assert.equal(imageText(snapshot(), 'deploykf-values:/rules/image-public.md'), undefined);
  });
});
