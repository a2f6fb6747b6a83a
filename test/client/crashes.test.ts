import assert from 'node:assert/strict';
import manifest from '../../package.json' with { type: 'json' };
import { Crashes } from '../../client/src/crashes.ts';
import { readText } from '../support/sources.ts';

const minute = 60_000;

describe('a language server that keeps crashing', () => {
  it('is started again four times in three minutes, and then no more', () => {
    const crashes = new Crashes();
    const answers = [0, 1000, 2000, 3000, 4000, 5000].map(time => crashes.mayRestart(time));
    assert.deepEqual(answers, [true, true, true, true, false, false]);
  });

  it('is started again for as long as crashes are rare', () => {
    const crashes = new Crashes();
    const times = Array.from({ length: 20 }, (_, index) => index * minute);
    assert.deepEqual(
      times.filter(time => !crashes.mayRestart(time)),
      [],
    );
  });

  it('has all its tries again after a restart by hand', () => {
    const crashes = new Crashes();
    for (let index = 0; index < 5; index++) crashes.mayRestart(index);
    crashes.forget();
    assert.equal(crashes.mayRestart(5), true);
  });

  it('is said to be down by the Images view alone, with a way out', () => {
    const shown = manifest.contributes.viewsWelcome.filter(
      ({ when }) => !when.includes('!deploykf.serverIsDown'),
    );
    assert.deepEqual(
      shown.map(({ view, when }) => `${view}: ${when}`),
      ['deploykf.images: deploykf.serverIsDown'],
    );
    const texts = JSON.parse(readText('package.nls.json') ?? '') as Record<string, string>;
    const text = texts[shown[0]?.contents.slice(1, -1) ?? ''] ?? '';
    const links = [...text.matchAll(/\[[^\]]+\]\(command:([^)]+)\)/g)].map(([, command]) => command);
    assert.deepEqual(links, ['deploykf.restartServer', 'deploykf.showLog']);
  });

  it('is offered a restart by every command, except those that work without it', () => {
    const source = readText('client/src/commands/index.ts') ?? '';
    const bare = [...source.matchAll(/commands\.registerCommand\('([^']+)'/g)].map(([, command]) => command);
    assert.deepEqual(bare.toSorted(), [
      'deploykf.clearImageFilter',
      'deploykf.copyImages',
      'deploykf.restartServer',
      'deploykf.showLog',
    ]);
  });
});
