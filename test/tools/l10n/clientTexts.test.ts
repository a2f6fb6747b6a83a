import assert from 'node:assert/strict';
import { clientTexts } from '../../../server/tools/l10n/clientTexts.ts';

describe('texts of the client', () => {
  it('are the messages of l10n.t', () => {
    const source = "show(l10n.t('Pin the Tags'), l10n.t('{0} of {1} images', done, all));";
    assert.deepEqual(clientTexts('a.ts', source), {
      messages: ['Pin the Tags', '{0} of {1} images'],
      bare: [],
    });
  });

  it('are told from those that are not translated, whatever they are given to', () => {
    const bare = [
      "'Pin the Tags'",
      "'Done'",
      "'Text…'",
      '`${count} images`',
      '`registry ${name}`',
      "`${name} is ${isOne ? 'x' : 'y'}`",
      'l10n.t(text)',
      'l10n.t(`pull ${name}`)',
    ];
    const source = `import { a } from 'not a text';\nconst texts = [${bare.join(', ')}];`;
    assert.deepEqual(clientTexts('a.ts', source).messages, []);
    assert.deepEqual(clientTexts('a.ts', source), { messages: [], bare });
  });

  it('are not what is logged, even in parts of it', () => {
    const source =
      "this.#log.info(`It starts: ${isOne ? 'one word' : reason}`); log.error('It did not start');";
    assert.deepEqual(clientTexts('a.ts', source), { messages: [], bare: [] });
    const said = "log.info(show('This is shown')); blog.info('This is not the log');";
    assert.deepEqual(clientTexts('a.ts', said).bare, ["'This is shown'", "'This is not the log'"]);
  });

  it('are not ids, names of the product, schemes, or parts alone', () => {
    const source =
      "type Kind = 'a word'; const ids = ['deploykf.images', 'deployKF Values', `deployKF ${release}`, 'ABORT_ERR', `${a}: ${b}`, `${scheme}:/rules/`];";
    assert.deepEqual(clientTexts('a.ts', source), { messages: [], bare: [] });
  });
});
