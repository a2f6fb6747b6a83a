import assert from 'node:assert/strict';
import { explainImage } from '../../../server/src/core/features/explainImage.ts';
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
});
