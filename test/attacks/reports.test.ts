// What files and their names may bring into the reports that CI systems read, and where reports are written to.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseXml } from '../support/xml.ts';
import { inWorkspace } from '../support/cli.ts';

const name = '::error::a/b\u202E%0A,c]](d)<x>&.yaml';
const key = "x](http://a)\u001B[31m{0}]]>&'<\u0007";
const hostile = `kubeflow_tools:\n  ${JSON.stringify(`${key}\n::set-output name=a::b`)}: 1\n  katib: [1]\n`;

describe('Reports of hostile files', () => {
  const text = async (format: string): Promise<string> => {
    let printed = '';
    await inWorkspace({ [name]: hostile }, async workspace => {
      const { stdout } = await workspace.run(['check', name, '--format', format]);
      printed = stdout;
    })();
    return printed;
  };

  it('are one command per finding for GitHub', async () => {
    const lines = (await text('github')).trimEnd().split('\n');
    for (const line of lines)
      assert.match(
        line,
        /^::(?:error|warning|notice) file=%3A%3Aerror%3A%3Aa\/b\\u202e%250A%2Cc[^:,]*,line=\d+,[^:]*::/,
      );
    assert.ok(lines.some(line => line.includes('::set-output')));
    assert.ok(lines.every(line => !line.startsWith('::set-output')));
  });

  it('are XML for JUnit', async () => {
    const xml = await text('junit');
    assert.match(xml, /\]\]&gt;&amp;/);
    assert.equal(parseXml(xml), undefined);
  });

  it('are JSON without characters that a terminal obeys, links and placeholders', async () => {
    for (const format of ['json', 'sarif', 'gitlab']) {
      const json = await text(format);
      assert.doesNotMatch(json, /[\u0000-\u0009\u000B-\u001F\u202E]/, format);
      JSON.parse(json);
    }
    assert.match(await text('sarif'), /\\\\\]\(http:\/\/a\)[^"]*\{\{0\}\}/);
  });

  it('begin no line with a command in the text for people', async () =>
    assert.doesNotMatch(await text('text'), /^\s*::/m));

  it(
    'are not written through a link that leads out',
    inWorkspace({ 'kept.txt': 'kept' }, async outside =>
      inWorkspace({ 'a.yaml': hostile }, async workspace => {
        symlinkSync(join(outside.root, 'kept.txt'), join(workspace.root, 'link'));
        assert.deepEqual(await workspace.run(['check', 'a.yaml', '--output', 'link']), {
          code: 2,
          stdout: '',
          stderr: 'deploykf-values: link leads out of this folder and its git work tree and is left alone\n',
        });
        const written = ['check', 'a.yaml', '--baseline', 'link', '--update-baseline'];
        assert.equal((await workspace.run(written)).code, 2);
        assert.equal(outside.read('kept.txt'), 'kept');
      })(),
    ),
  );
});
