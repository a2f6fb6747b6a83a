import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extensionPage } from '../../../server/tools/package/extensionPage.ts';
import { linksOf } from '../../support/markdown.ts';
import { readText, root } from '../../support/sources.ts';

describe('the page of the extension', () => {
  it('holds its pictures, and of links to the repository the texts', () => {
    const readme = [
      '![A picture](docs/a.png) [guide](docs/a.md#b), [up](../x.md), [site](https://www.example.com) and [here](#more).',
      '',
      '<!-- only in the repository -->',
      '',
      '## Try it',
      '',
      '<!-- end -->',
      '',
      '## More',
      '',
    ];
    const page = extensionPage(readme.join('\n'), path => Buffer.from(path));
    const picture = Buffer.from('docs/a.png').toString('base64');
    assert.equal(
      page,
      `![A picture](data:image/png;base64,${picture}) guide, up, [site](https://www.example.com) and [here](#more).\n\n## More\n`,
    );
  });

  it('made of the README leads nowhere that VS Code cannot open', () => {
    const page = extensionPage(readText('README.md') ?? '', path => readFileSync(join(root, path)));
    const links = linksOf(page);
    assert.deepEqual(
      links.filter(link => !/^(?:https:|data:image\/png;base64,)/.test(link)),
      [],
    );
    assert.ok(links.length > 1);
  });

  it('has a changelog beside it that needs no repository', () => {
    const links = linksOf(readText('CHANGELOG.md') ?? '');
    assert.deepEqual(
      links.filter(link => !link.startsWith('https:')),
      [],
    );
  });
});
