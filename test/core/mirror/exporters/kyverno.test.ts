import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { kyverno } from '../../../../server/src/core/mirror/exporters/kyverno.ts';
import type { MirrorPlan } from '../../../../server/src/core/mirror/types.ts';
import { exportOf, planFor, refusalOf, upstreamHost } from '../../../support/exports.ts';
import { sharedFile } from '../../../support/shared.ts';

const katib = { kubeflow_tools: { katib: { enabled: true } } };
const training = { kubeflow_tools: { training_operator: { enabled: true } } };
const everything = {
  kubeflow_tools: {
    katib: { enabled: true },
    pipelines: { enabled: true },
    training_operator: { enabled: true },
  },
};

function withTarget(plan: MirrorPlan, target: string): MirrorPlan {
  return { ...plan, hidden: plan.hidden.map(copy => ({ ...copy, target })) };
}

describe('the export for Kyverno', () => {
  it('is the policy that was checked against the CRD and rendered by Helm', function () {
    const model = sharedFile('rendered/kyverno-hidden-images-0.1.5.yaml');
    if (model === undefined) this.skip();
    const registry = { rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] };
    assert.deepEqual(parse(exportOf('kyverno', planFor(registry, everything))), parse(model));
  });

  it('knows every spelling of an image, and of others than those of Docker Hub the one', () => {
    const text = exportOf('kyverno', planFor(upstreamHost, training));
    const alpine =
      '["docker.io/library/alpine:3.10", "library/alpine:3.10", "docker.io/alpine:3.10", "alpine:3.10", "index.docker.io/library/alpine:3.10"]';
    assert.equal(text.split(`value: ${alpine}`).length, 3);
    const plan = planFor(upstreamHost, training);
    const own = { ...plan, hidden: [{ reference: 'gcr.io/a/b:1', target: 'r.example.com/gcr.io/a/b:1' }] };
    assert.ok(exportOf('kyverno', own).includes('                  value: ["gcr.io/a/b:1"]\n'));
  });

  it('redirects what the policy maps, and not what it leaves public or what never runs', () => {
    const some = { rules: [{ source: 'docker.io/kubeflowkatib', target: 'r.example.com/katib' }] };
    const text = exportOf('kyverno', planFor(some, everything));
    assert.ok(text.includes('value: "r.example.com/katib/suggestion-pbt:v0.15.0"'));
    assert.ok(!text.includes('alpine'));
    assert.ok(!exportOf('kyverno', planFor(upstreamHost, everything)).includes('busybox:1.35'));
  });

  it('leaves digests alone', () => {
    const plan = planFor(upstreamHost, katib);
    const digest = `sha256:${'a'.repeat(64)}`;
    const hidden = [
      { reference: `docker.io/a/b@${digest}`, target: `r.example.com/a/b@${digest}` },
      { reference: 'docker.io/a/c:1', target: 'r.example.com/a/c:1' },
    ];
    const text = exportOf('kyverno', { ...plan, hidden });
    assert.ok(!text.includes('sha256'));
    assert.ok(text.includes('"docker.io/a/c:1"'));
  });

  it('refuses what is not to be had', () => {
    const plan = planFor(upstreamHost, katib);
    assert.deepEqual(refusalOf('kyverno', { ...plan, hidden: [] }), [
      'the stack pulls no image that no value can change',
    ]);
    assert.deepEqual(
      refusalOf('kyverno', planFor({ rules: [{ source: 'a.example.com', target: 'r.example.com' }] }, katib)),
      ['the registry policy maps none of the images that no value can change'],
    );
  });

  for (const hostile of ['{{ request }}', 'r/`x`:1', 'r/"x":1', "r/'x':1", 'r/x:1\n', '$(x)', 'r\\x']) {
    it(`refuses a target that is more than a text: ${JSON.stringify(hostile)}`, () => {
      const exported = kyverno.write(withTarget(planFor(upstreamHost, katib), hostile), {
        platform: undefined,
      });
      assert.equal(exported.kind, 'refused');
    });
  }
});
