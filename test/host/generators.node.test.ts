import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { strToU8, zipSync } from 'fflate';
import { checkFile } from '../../server/src/core/check/check.ts';
import type { StackView } from '../../server/src/core/analysis/stackView.ts';
import { noSettings } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { makeCatalogs } from '../../server/src/host/generators.node.ts';
import type { GeneratorOptions } from '../../server/src/host/generators.ts';
import { loadCatalogs, type NeededCatalogs } from '../../server/src/loader/neededCatalogs.ts';
import { forkedValues } from '../support/generators.ts';
import { countCallsAsync } from '../support/callCounts.ts';
import { catalogs } from '../support/views.ts';

/** The view of the only stack. */
function viewIn(snapshot: Snapshot): StackView {
  const view = snapshot.plans.flatMap(plan => snapshot.view(plan) ?? [])[0];
  assert.ok(view);
  return view;
}

const application = (source: string): string => `kind: Application
metadata: { name: app }
spec:
  source:
    plugin:
      name: deploykf
      parameters:
        - { name: ${source} }
        - name: values
          string: |
            kubeflow_tools:
              katib:
                enabled: true
`;

describe('generators of forks and unknown releases', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploykf-values-generators-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const own = (): GeneratorOptions => ({ paths: {}, bounds: [pathToFileURL(folder).href] });

  function loadFor(snapshot: Snapshot, options: GeneratorOptions): Promise<NeededCatalogs> {
    return loadCatalogs(snapshot, { shipped: catalogs, make: makeCatalogs, ...options });
  }

  function world(source: string): { readonly snapshot: Snapshot; readonly uri: string } {
    const uri = pathToFileURL(join(folder, 'app.yaml')).href;
    const snapshot = Snapshot.of({
      catalogs,
      folders: [{ uri: pathToFileURL(folder).href, settings: noSettings, project: undefined }],
      files: new Map([[uri, new ValuesFile(uri, application(source))]]),
    });
    return { snapshot, uri };
  }

  it('make the catalog of a folder, with the facts of the release that is most like it', async () => {
    mkdirSync(join(folder, 'generator'));
    writeFileSync(join(folder, 'generator/default_values.yaml'), forkedValues());
    const { snapshot } = world('source_path, string: ./generator');
    const made = await loadFor(snapshot, own());
    assert.deepEqual([...made.problems], []);
    const view = viewIn(Snapshot.of({ ...snapshot.state, catalogs: made.catalogs }));
    assert.equal(view.stack.release, 'fork ./generator');
    const rendered = (name: string): string | undefined =>
      view.images.find(image => image.path.endsWith(`.${name}`))?.rendered;
    assert.equal(rendered('dex'), 'harbor.example.com/dex:v2.37.0');
    const upstream = catalogs.of('0.1.4')?.catalog.images.find(image => image.path.endsWith('.istioProxy'));
    assert.deepEqual(
      view.catalog.catalog.images.find(image => image.path.endsWith('.istioProxy')),
      upstream,
    );
  });

  it('make the catalog of an archive', async () => {
    const archive = zipSync({ 'generator/default_values.yaml': strToU8(forkedValues()) });
    writeFileSync(join(folder, 'fork.zip'), archive);
    const { snapshot } = world('source_path, string: fork.zip');
    const { catalogs: found } = await loadFor(snapshot, own());
    assert.equal(viewIn(Snapshot.of({ ...snapshot.state, catalogs: found })).stack.release, 'fork fork.zip');
  });

  it('make the catalog of a release from where the user says that its generator is', async () => {
    writeFileSync(join(folder, 'default_values.yaml'), forkedValues());
    const need = { key: '9.9.9', label: '9.9.9', release: '9.9.9', places: [] };
    const made = await makeCatalogs([need], { ...own(), paths: { '9.9.9': folder } });
    assert.deepEqual([...made.catalogs.keys()], ['9.9.9']);
    assert.deepEqual([...made.sources], [['9.9.9', [pathToFileURL(folder).href]]]);
  });

  it('are derived from their values once each', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (const name of names) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'default_values.yaml'), forkedValues());
    }
    const needs = names.map(name => ({
      key: name,
      label: name,
      release: undefined,
      places: [pathToFileURL(join(folder, name)).href],
    }));
    const calls = await countCallsAsync(() => makeCatalogs(needs, own()));
    assert.equal(calls.get('findComponents'), names.length);
  });

  it('say what is wrong with a generator, and the finding says that the stack is not checked', async () => {
    mkdirSync(join(folder, 'generator'));
    const { snapshot, uri } = world('source_path, string: ./generator');
    const made = await loadFor(snapshot, own());
    const source = pathToFileURL(join(folder, 'generator')).href;
    assert.deepEqual(
      [...made.problems],
      [[source, { source, problem: 'does not contain a default_values.yaml' }]],
    );
    assert.deepEqual(
      checkFile(Snapshot.of({ ...snapshot.state, catalogs: made.catalogs }), uri).map(
        finding => finding.message,
      ),
      [
        'The generator "./generator" does not contain a default_values.yaml, stack app is not checked: expected the folder or .zip of a generator',
      ],
    );
  });

  it('are not looked for when every release is shipped', async () => {
    const { snapshot } = world('source_version, string: "0.1.5"');
    const made = await loadFor(snapshot, own());
    assert.equal(made.catalogs, snapshot.state.catalogs);
  });

  it('are missing for a release that exists nowhere', async () => {
    const { snapshot, uri } = world('source_version, string: "99.0.0"');
    const made = await loadFor(snapshot, { ...own(), paths: { '99.0.0': join(folder, 'no') } });
    assert.deepEqual(
      checkFile(Snapshot.of({ ...snapshot.state, catalogs: made.catalogs }), uri).map(
        finding => finding.code,
      ),
      ['release-unknown'],
    );
  });
});
