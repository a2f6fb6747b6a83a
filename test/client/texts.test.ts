import assert from 'node:assert/strict';
import manifest from '../../package.json' with { type: 'json' };
import { printBundle, readClientTexts } from '../../server/tools/l10n.ts';
import { listNames, readText } from '../support/sources.ts';

describe('what the client says', () => {
  const texts = readClientTexts();

  it('can be translated, except for what only models, the server and shells read', () => {
    const bare = [...texts].flatMap(([file, own]) => own.bare.map(text => `${file}: ${text}`));
    assert.deepEqual(bare, [
      `agentTools.ts: 'Nothing is looked up by "image" while "deploykf.trace.server" is verbose, since the log would hold the text'`,
      'commands/secretWays.ts: `kubectl apply -f ${Uri.parse(params.target).fsPath}`',
      `files.ts: 'it is not a regular file'`,
    ]);
  });

  it('is in the bundle that translations begin with (else run: npm run generate)', async () => {
    assert.equal(readText('l10n/bundle.l10n.json'), await printBundle());
  });

  it('fills in as many parts as there are', () => {
    const odd = [...texts.values()]
      .flatMap(({ messages }) => messages)
      .filter(message => {
        const numbers = [...message.matchAll(/\{(\d)\}/g)].map(([, digit]) => Number(digit));
        return new Set(numbers).size !== Math.max(-1, ...numbers) + 1;
      });
    assert.deepEqual(odd, []);
  });

  it('is looked for in translations only if there are some: VS Code logs an error for each that is missing', () => {
    const translations = listNames('l10n', '.json').filter(name => name !== 'bundle.l10n');
    assert.equal('l10n' in manifest, translations.length > 0);
  });
});
