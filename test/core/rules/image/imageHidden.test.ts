import { check } from '../../../support/fixture.ts';

const codes = ['image-hidden'];
const registry = { rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] };

describe('image-hidden', () => {
  it('names what no value can change, and what of it is gone', () =>
    check(
      `
      kubeflow_tools:
        pipelines:
      ~ ^^^^^^^^^ image-hidden: kubeflow_tools.pipelines: no value can change 4 images (gcr.io/ml-pipeline-test/dev/kfp-driver:latest, gcr.io/ml-pipeline-test/dev/kfp-launcher-v2:latest, tensorflow/tensorflow:2.2.2, tensorflow/tensorflow:1.13.2): mirror them by the configuration of the nodes
          enabled: true
      `,
      { codes, registry, release: '0.1.4' },
    ));

  it('stays silent without a policy', () =>
    check('\nkubeflow_tools: { pipelines: { enabled: true } }\n', { codes, release: '0.1.4' }));

  it('stays silent where the policy accepts the images, the component is off, or a text is broken', () => {
    const accepted = { rules: [{ source: '*', target: null }] };
    check('\nkubeflow_tools: { pipelines: { enabled: true } }\n', {
      codes,
      registry: accepted,
      release: '0.1.4',
    });
    check('\nkubeflow_tools: { pipelines: { enabled: false }, katib: { enabled: false } }\n', {
      codes,
      registry,
      release: '0.1.4',
    });
    check('\nkubeflow_tools: { pipelines: { enabled: true }, katib: [ }\n', {
      codes,
      registry,
      release: '0.1.4',
    });
  });
});
