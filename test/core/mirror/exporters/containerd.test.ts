import assert from 'node:assert/strict';
import { containerd } from '../../../../server/src/core/mirror/exporters/containerd.ts';
import { mirrorPlan } from '../../../../server/src/core/mirror/plan.ts';
import { parsePolicy } from '../../../../server/src/core/policy/parse.ts';
import { viewOf } from '../../../support/views.ts';

describe('The export for containerd', () => {
  it('says where an image that is gone can be renamed', () => {
    const rules = [{ source: '*', target: 'r.example.com/{registry}/{path}' }];
    const { policy } = parsePolicy({ rules });
    assert.ok(policy);
    const plan = mirrorPlan(viewOf([''], { policy }), { stack: '', all: false });
    const exported = containerd.write(plan, { platform: undefined });
    assert.equal(exported.kind, 'written');
    const legacy = 'r.example.com/docker.io/bitnamilegacy/kubectl';
    const gone = (tag: string): string =>
      `docker.io/bitnami/kubectl:${tag} is gone, and containerd cannot rename it: `;
    assert.deepEqual(exported.kind === 'written' && exported.notes, [
      `${gone('1.26.4')}set its value to ${legacy}:1.26.4`,
      `${gone('1.26.15-debian-12-r4')}set its value to ${legacy}:1.26.15-debian-12-r4`,
      `${gone('1.26.10')}write ${legacy}:1.26.10 into the files of the ArgoCD plugin, see --export plugin`,
    ]);
  });
});
