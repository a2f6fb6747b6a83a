import assert from 'node:assert/strict';
import { saidState } from '../../../server/src/core/analysis/imageState.ts';
import { codeLenses, codeLensText } from '../../../server/src/core/features/codeLenses.ts';
import { imageMarks } from '../../../server/src/core/features/imageMarks.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { imagesText } from '../../../server/src/core/report/imagesText.ts';
import { plainStyle } from '../../../server/src/core/report/style.ts';
import { stateText } from '../../../server/src/core/report/stateText.ts';
import { shownUri, worldOfText } from '../../support/shownFile.ts';
import { catalogs, viewOf } from '../../support/views.ts';

const text = `deploykf_core:
  deploykf_auth:
    images:
      dex: { repository: harbor.example.com/ghcr/dexidp/dex }
      kubectl: { repository: docker.io/ours/kubectl }
`;

function dexOf(view: ReturnType<typeof viewOf>) {
  return view.images.find(({ path }) => path.endsWith('.dex')) ?? assert.fail();
}

describe('An image in a registry that not everybody shares', () => {
  it('is not public for sure where no policy says which images are private', () => {
    const view = viewOf([text]);
    const dex = dexOf(view);
    assert.equal(saidState(view, dex), 'unknown');
    assert.equal(stateText(view, dex), 'not known, since there is no registry policy');
    assert.deepEqual(
      imageMarks(view, dex).map(({ kind }) => kind),
      ['unknown'],
    );
    const options = { style: plainStyle, pathOf: (uri: string) => uri, stack: '' };
    assert.match(
      imagesText(view, options),
      /dex +harbor\.example\.com\/ghcr\/dexidp\/dex:v2\.39\.1 +unknown/,
    );
    assert.match(imagesText(view, options), /1 not known to be private or public/);
  });

  it('does not count as public in lenses', () => {
    const world = worldOfText(text);
    const titles = codeLenses(world, shownUri).map(({ id }) => codeLensText(world, shownUri, id)?.title);
    assert.deepEqual(titles, [
      'deployKF 0.1.5: 21 images, 20 public · Mirror Plan',
      '3 images, 2 public · Rewrite…',
    ]);
  });

  it('is what the policy says where there is one', () => {
    const { policy } = parsePolicy({ rules: [{ source: 'quay.io', target: 'r.example.com/quay' }] });
    const view = viewOf([text], policy && { policy });
    assert.equal(saidState(view, dexOf(view)), 'public');
  });

  it('is none that a release pulls by default', () => {
    for (const release of catalogs.releases) {
      const view = viewOf([''], { release });
      for (const entry of view.images)
        if (entry.canonical !== undefined) assert.equal(saidState(view, entry), 'public', entry.canonical);
    }
  });
});
