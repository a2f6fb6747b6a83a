import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import { exportOf, planFor, upstreamHost } from '../support/exports.ts';
import { needHelm } from '../support/registry/programs.ts';
import { printedFor } from '../support/registry/printedFor.ts';

describe('The images for the kustomization of the ArgoCD plugin, read by Kustomize', () => {
  let kubectl: string;

  before(function () {
    kubectl = needHelm(this, 'kubectl');
  });

  it('lead every image of it to the mirror', () => {
    const plan = planFor(upstreamHost);
    const copies = plan.plugin.filter(({ variant }) => variant === 'kustomize');
    assert.ok(copies.length > 5);
    const [exported] = parseAllDocuments(exportOf('plugin', plan));
    const containers = copies.map(({ written }, index) => ({ name: `c${index}`, image: written }));
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'argocd' },
      spec: { template: { spec: { containers } } },
    };
    const files = {
      'kustomization.yaml': JSON.stringify({
        resources: ['argocd.yaml'],
        ...(exported?.toJS() as Record<string, unknown>),
      }),
      'argocd.yaml': JSON.stringify(deployment),
    };
    const text = printedFor(files, folder => [kubectl, 'kustomize', folder]);
    assert.deepEqual(
      [...text.matchAll(/image: (\S+)/g)].map(([, image]) => image),
      copies.map(({ target }) => target),
    );
  });
});
