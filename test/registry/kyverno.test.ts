import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { escapeForHelm } from '../../server/src/core/mirror/helmText.ts';
import { exportOf, planFor, upstreamHost } from '../support/exports.ts';
import { printedFor } from '../support/registry/printedFor.ts';
import { needHelm } from '../support/registry/programs.ts';

/** deployKF@v0.1.5:generator/templates/manifests/deploykf-dependencies/kyverno/templates/extra-manifests.yaml */
const template = `{{- range $manifest := .Values.deployKF.extraManifests }}
---
{{ (tpl $manifest $) | fromYaml | toYaml }}
{{- end }}`;

describe('The policy for Kyverno in extraManifests, rendered by Helm', () => {
  let helm: string;

  before(function () {
    helm = needHelm(this, 'helm');
  });

  const policy = exportOf('kyverno', planFor(upstreamHost));

  function rendered(manifest: string): string {
    const files = {
      'Chart.yaml': 'apiVersion: v2\nname: kyverno\nversion: 1.0.0\n',
      'values.yaml': JSON.stringify({ deployKF: { extraManifests: [manifest] } }),
      'templates/extra-manifests.yaml': template,
    };
    return printedFor(files, folder => [helm, 'template', folder]);
  }

  it('is the exported one, when it is escaped as the quick fix does', () => {
    assert.deepEqual(parse(rendered(escapeForHelm(policy))), parse(policy));
  });

  it('breaks the chart when it is not', () => {
    assert.throws(() => rendered(policy), /function "request" not defined/);
  });
});
