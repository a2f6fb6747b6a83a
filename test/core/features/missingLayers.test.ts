import assert from 'node:assert/strict';
import { answerAgent } from '../../../server/src/core/agents/answer.ts';
import { imageCounts } from '../../../server/src/core/analysis/imageCounts.ts';
import { codeActions } from '../../../server/src/core/features/codeActions.ts';
import { codeLenses, codeLensText } from '../../../server/src/core/features/codeLenses.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { stackBranch } from '../../../server/src/core/features/imagesView.ts';
import { symbolNotes } from '../../../server/src/core/features/symbolNotes.ts';
import { rewriteImages } from '../../../server/src/core/features/changeImages.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { readProject } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { root } from '../../support/stacks.ts';
import { catalogs } from '../../support/views.ts';

const auth = 'deploykf_core.deploykf_auth';
const dex = `deploykf_core:
  deploykf_auth:
    images:
      dex: { repository: ghcr.io/dexidp/dex, tag: v2.41.0 }
`;
const registry = 'registry:\n  rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }]\n';

/** A stack of these layers, of which only `a.yaml` is here. */
function worldOf(layers: string, policy = ''): Snapshot {
  const text = `${policy}stacks:\n  - { name: prod, release: 0.1.5, values: [${layers}] }\n`;
  const file = new ValuesFile(`${root}.deploykf-values.yaml`, text);
  const project = readProject(file, { releases: catalogs.releases, codes: [] });
  return Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: project.settings, project }],
    files: new Map([[`${root}a.yaml`, new ValuesFile(`${root}a.yaml`, dex)]]),
  });
}

const stronger = 'a.yaml, secret.yaml';
const weaker = 'base.yaml, a.yaml';

function viewOf(world: Snapshot) {
  const [plan] = world.plans;
  return (plan && world.view(plan)) ?? assert.fail();
}

function isUncertain(layers: string, path: string): boolean {
  return viewOf(worldOf(layers)).isUncertain(path);
}

function ask(world: Snapshot, tool: string, input: unknown): string {
  const pathOf = (uri: string): string => uri.replace(root, '');
  const { plans } = world;
  return answerAgent(
    { snapshot: world, plans, files: [`${root}a.yaml`], folders: [root], pathOf, problems: [] },
    tool,
    input,
  ).text;
}

function lensesOf(world: Snapshot): readonly string[] {
  const uri = `${root}a.yaml`;
  return codeLenses(world, uri).flatMap(({ id }) => codeLensText(world, uri, id)?.title ?? []);
}

describe('A layer that is missing', () => {
  it('may set what no stronger layer that is here sets', () => {
    const tag = `${auth}.images.dex.tag`;
    assert.equal(isUncertain(stronger, tag), true);
    assert.equal(isUncertain(weaker, tag), false);
    for (const layers of [stronger, weaker]) {
      assert.equal(isUncertain(layers, `${auth}.images.dex.pullPolicy`), true);
      assert.equal(isUncertain(layers, `${auth}.images.dex`), true);
      assert.equal(isUncertain(layers, `${auth}.enabled`), true);
      assert.equal(isUncertain(layers, `${auth}.unheardOf`), true);
    }
    assert.equal(isUncertain('a.yaml', `${auth}.enabled`), false);
  });

  it('leaves alone what a stronger layer takes away', () => {
    const world = worldOf(weaker).withFile(
      `${root}a.yaml`,
      new ValuesFile(`${root}a.yaml`, 'deploykf_core: { deploykf_auth: { images: ~ } }\n'),
    );
    assert.equal(viewOf(world).isUncertain(`${auth}.images.dex.tag`), false);
  });

  it('is at its place among the layers that agents are told', () => {
    const told = (layers: string): string =>
      ask(worldOf(layers), 'deploykf_explain', { path: `${auth}.images.dex.tag` });
    assert.match(told(stronger), /weakest first: defaults of 0\.1\.5, a\.yaml, secret\.yaml \(missing\)\n/);
    assert.match(told(stronger), /\n {2}v2\.41\.0 \(a layer that is missing here may set another value\)\n/);
    assert.match(
      told(stronger),
      /pulled .*dex:v2\.41\.0, unless a layer that is missing here sets another\n/,
    );
    assert.match(told(weaker), /weakest first: defaults of 0\.1\.5, base\.yaml \(missing\), a\.yaml\n/);
    assert.match(told(weaker), /\n {2}v2\.41\.0\n/);
    assert.match(told(weaker), /pulled .*dex:v2\.41\.0\n/);
    const listed = (layers: string): string => ask(worldOf(layers), 'deploykf_images', { component: auth });
    assert.match(listed(stronger), /\.dex: .* \| a layer that is missing here may set another\n/);
    assert.doesNotMatch(listed(weaker), /\.dex: .* missing/);
    assert.match(listed(weaker), /\.kubectl: .* \| a layer that is missing here may set another/);
  });

  it('is named in hovers of what it may set', () => {
    const hoverOf = (layers: string): string =>
      hover(worldOf(layers), `${root}a.yaml`, dex.indexOf('v2.41'))?.markdown ?? '';
    assert.match(hoverOf(stronger), /the layer `secret\.yaml` is missing here and may set another/);
    assert.doesNotMatch(hoverOf(weaker), /missing/);
    assert.match(
      hover(worldOf(weaker), `${root}a.yaml`, 20)?.markdown ?? '',
      /the layer `base\.yaml` is missing/,
    );
  });

  it('makes counts uncertain', () => {
    const world = worldOf(stronger);
    assert.deepEqual(lensesOf(world), [
      'prod (deployKF 0.1.5): 21 images, 21 public as far as is known, 1 layer is missing · Mirror Plan',
      '3 images, 3 public as far as is known · Rewrite…',
    ]);
    const [plan] = world.plans;
    const branch = (plan && stackBranch(world, plan, {})) ?? assert.fail();
    assert.equal(branch.summary, '0.1.5 · 21 images, 2 gone as far as is known, 1 layer is missing');
    assert.equal(branch.problems, 0);
    const own = branch.components.find(({ path }) => path === auth) ?? assert.fail();
    assert.match(own.summary, / as far as is known$/);
    assert.deepEqual(
      own.images.slice(0, 1).map(({ marks }) => marks.map(({ said }) => said)),
      [['a layer that is missing here may set another', 'public']],
    );
    assert.equal(viewOf(world).memo(imageCounts).missing, 1);
    assert.equal(symbolNotes(viewOf(world)).get(auth)?.detail, '3 images as far as is known');
  });

  it('makes nothing uncertain where there is none', () => {
    const world = worldOf('a.yaml');
    assert.match(lensesOf(world)[0] ?? '', /: 21 images, 21 public · Mirror Plan$/);
    assert.deepEqual(Object.keys(viewOf(world).memo(imageCounts)), ['images', 'gone']);
  });

  it('keeps overrides of what it may set from being added', () => {
    for (const layers of [stronger, weaker]) {
      const world = worldOf(layers, registry);
      const at = dex.indexOf('dex:');
      const titles = codeActions(world, `${root}a.yaml`, { start: at, end: at }).map(({ title }) => title);
      assert.deepEqual(
        titles.filter(title => /Rewrite \d|Add the missing|Pin the tags/.test(title)),
        ['Rewrite 1 image of deployKF Auth to the private registry'],
      );
      const view = viewOf(world);
      assert.equal(rewriteImages(world, [{ view, entries: view.images }]).count, 1);
    }
  });
});
