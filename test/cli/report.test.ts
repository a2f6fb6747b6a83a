import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const values = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';
const hostile = '<script>alert(1)</script>"\'&<img src=x onerror=alert(1)>';

describe('report', () => {
  it(
    'writes one page that loads and runs nothing',
    inWorkspace({ 'prod.yaml': values }, async workspace => {
      const argv = ['report', '--html', 'page.html', '--values', 'prod.yaml', '--release', '0.1.5'];
      assert.deepEqual(await workspace.run(argv), { code: 0, stdout: '', stderr: '' });
      const page = workspace.read('page.html');
      for (const text of ['image-tag-type', 'prod.yaml:5:14', 'ghcr.io', 'deploykf_core.deploykf_auth'])
        assert.ok(page.includes(text), text);
      assert.doesNotMatch(page, /<(?:script|link|img|iframe|a)\b|@import|url\(/i);
    }),
  );

  it(
    'shows every text of the workspace as a text',
    inWorkspace(
      {
        'prod.yaml': `deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: ${JSON.stringify(hostile)}\n        tag: ${JSON.stringify(hostile)}\n  ${JSON.stringify(hostile)}: 1\n`,
        '.deploykf-values.yaml': `stacks:\n  - {name: ${JSON.stringify(hostile)}, release: 0.1.5, values: [prod.yaml]}\n`,
      },
      async workspace => {
        const { stdout, code } = await workspace.run(['report', '--html', '-']);
        assert.equal(code, 0);
        assert.ok(stdout.includes('&#60;script&#62;'));
        assert.doesNotMatch(stdout, /<script|<img/);
      },
    ),
  );
});
