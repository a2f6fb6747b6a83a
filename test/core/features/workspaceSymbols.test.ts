import assert from 'node:assert/strict';
import { workspaceSymbols } from '../../../server/src/core/features/workspaceSymbols.ts';
import { root, snapshot } from '../../support/stacks.ts';
import { shownUri, worldOfText } from '../../support/shownFile.ts';

/** `kind name (container) at file: the text there`. */
function find(query: string, world = snapshot()): readonly string[] {
  return world.plans.flatMap(plan => {
    const view = world.view(plan);
    if (view === undefined) return [];
    return workspaceSymbols(view, query).map(({ kind, name, container, uri, span }) => {
      const text = world.file(uri)?.text.slice(span.start, span.end) ?? '';
      return `${kind} ${name} (${container}) at ${uri.replace(root, '')}: ${text.split('\n', 1)[0] ?? ''}`;
    });
  });
}

describe('workspace symbols', () => {
  it('are images, at the strongest layer that sets something of them', () =>
    assert.deepEqual(find('dex'), [
      'image dex (deploykf_core.deploykf_auth · app) at app.yaml#0/spec/source/plugin/parameters/2/string: dex',
      'image dex (deploykf_core.deploykf_auth · prod) at values/prod.yaml: dex',
    ]));

  it('are components, by the letters of their paths', () =>
    assert.deepEqual(find('DKFauth'), [
      'component deploykf_core.deploykf_auth (deployKF Auth · app) at app.yaml#0/spec/source/plugin/parameters/2/string: deploykf_auth',
      'component deploykf_core.deploykf_auth (deployKF Auth · prod) at values/prod.yaml: deploykf_auth',
    ]));

  it('are stacks, where they are defined', () =>
    assert.deepEqual(find('prod'), [
      'component deploykf_core.deploykf_dashboard (deployKF Dashboard · app) at app.yaml#0/spec/source/plugin/parameters/2/string: deploykf_core',
      'stack prod (deployKF 0.1.5) at .deploykf-values.yaml: ',
      'component deploykf_core.deploykf_dashboard (deployKF Dashboard · prod) at values/prod.yaml: deploykf_core',
    ]));

  it('lead to the section that an override would be in when no layer sets anything', () =>
    assert.deepEqual(find('istioproxy', worldOfText('deploykf_dependencies:\n  istio: {}\n')), [
      'image istioProxy (deploykf_dependencies.istio) at a.yaml: istio',
    ]));

  it('are all of a stack without a query, and none of files that are not of deployKF', () => {
    const all = find('', worldOfText('kubeflow_tools: {}\ndeploykf_core: {}\n'));
    assert.ok(all.length > 30, String(all.length));
    const none = worldOfText('a: 1\n');
    assert.deepEqual([none.file(shownUri)?.text, find('', none)], ['a: 1\n', []]);
  });
});
