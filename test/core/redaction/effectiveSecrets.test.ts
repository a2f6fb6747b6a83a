import assert from 'node:assert/strict';
import { hover } from '../../../server/src/core/features/hover.ts';
import { shownValue } from '../../../server/src/core/redaction/redactValue.ts';
import { virtualText } from '../../../server/src/core/workspace/virtualDocuments.ts';
import { effectiveUri } from '../../../server/src/core/workspace/virtualUris.ts';
import { snapshotOf } from '../../support/views.ts';

const manifest =
  'kind: Secret\nmetadata:\n  name: a\nstringData:\n  user: HUNTER1\ndata:\n  x: SFVOVEVSMQ==\n';
const indented = (indent: string): string => manifest.trimEnd().replaceAll('\n', `\n${indent}`);
const katib = (value: string): string => `kubeflow_tools:\n  katib:\n    extraManifests:${value}\n`;

/** A Secret among extra manifests, as people write it. */
const forms: Readonly<Record<string, string>> = {
  map: katib(`\n      - ${indented('        ')}`),
  string: katib(`\n      - |\n        ${indented('        ')}`),
  'documents in a string': katib(
    `\n      - |\n        kind: ConfigMap\n        ---\n        ${indented('        ')}`,
  ),
  'quoted string': katib(` [${JSON.stringify(manifest)}]`),
  'map in brackets': katib(' [{kind: Secret, stringData: {user: HUNTER1}, data: {x: SFVOVEVSMQ==}}]'),
  alias: `x-s: &s {kind: Secret, stringData: {user: HUNTER1}}\n${katib(' [*s, {<<: *s, data: {x: SFVOVEVSMQ==}}]')}`,
  List: katib(' [{kind: List, items: [{kind: Secret, stringData: {user: HUNTER1}}]}]'),
};

describe('the effective values of extra manifests', () => {
  for (const [name, text] of Object.entries(forms)) {
    it(`show nothing of a Secret: ${name}`, () => {
      const { snapshot, uri } = snapshotOf([text]);
      const [plan] = snapshot.plans;
      const [view] = snapshot.viewsOf(uri);
      assert.ok(plan !== undefined && view !== undefined);
      const shown = [
        virtualText(snapshot, effectiveUri(plan.id, plan.name)) ?? '',
        JSON.stringify(shownValue(view, 'kubeflow_tools.katib.extraManifests')),
        ...Array.from(text, (_, offset) => hover(snapshot, uri, offset)?.markdown ?? ''),
      ].join('\n');
      assert.match(shown, /extraManifests/);
      assert.match(shown, /…/);
      assert.doesNotMatch(shown, /HUNTER|SFVO/);
    });
  }
});
