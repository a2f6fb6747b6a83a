import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';

const project =
  'release: 0.1.5\nregistry: { rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }] }\n';
const dex = (pairs: string): string =>
  `{\n  "deploykf_core": {\n    "deploykf_auth": {\n      "images": {\n        "dex": {\n          ${pairs}\n        }\n      }\n    }\n  }\n}\n`;
const others = {
  'package.json':
    '{"name": "deploykf-values", "scripts": {"gen": "deploykf generate -V 0.1.5 -f no.yaml -O out"}}',
  'other.json': '{"title": "about deploykf_core", "properties": {"deploykf_core": {"type": "object"}}}',
  'command.json': '{"run": "deploykf generate -V 0.1.5 -f no.yaml -O out"}',
};

describe('values files in JSON', () => {
  it(
    'are found in a folder by their content, and nothing else is',
    inWorkspace(
      {
        ...others,
        '.deploykf-values.yaml': project,
        'prod.json': dex('"repository": "ghcr.io/dexidp/dex", "tag": 2.40'),
      },
      async workspace => {
        const { findings } = (await workspace.json(['check', '.'])) as {
          readonly findings: readonly { file: string; code: string }[];
        };
        const codes = findings.filter(({ code }) => code === 'image-public' || code === 'image-tag-type');
        assert.deepEqual(
          codes.map(({ file, code }) => `${file} ${code}`),
          ['prod.json image-public', 'prod.json image-tag-type'],
        );
        assert.deepEqual([...new Set(findings.map(({ file }) => file))], ['prod.json']);
      },
    ),
  );

  it(
    'stay JSON when they are fixed',
    inWorkspace(
      {
        '.deploykf-values.yaml': project,
        'prod.json': dex('"repository": "ghcr.io/dexidp/dex", "tag": 2.40'),
        'empty.json': '{"kubeflow_tools": {}}\n',
      },
      async workspace => {
        await workspace.run(['fix', 'prod.json', 'empty.json']);
        const read = (name: string): unknown => JSON.parse(workspace.read(name));
        const prod = read('prod.json') as { readonly deploykf_core: Record<string, unknown> };
        assert.equal(
          JSON.stringify(prod.deploykf_core).includes(
            '"dex":{"repository":"r.example.com/ghcr.io/dexidp/dex","tag":"2.40"}',
          ),
          true,
        );
        assert.ok(JSON.stringify(read('empty.json')).includes('r.example.com/'));
      },
    ),
  );

  it(
    'keep their tabs',
    inWorkspace(
      {
        '.deploykf-values.yaml': project,
        'prod.json': dex('"repository": "ghcr.io/dexidp/dex"').replaceAll('  ', '\t'),
        'empty.json':
          '{\r\n\t"kubeflow_tools": {\r\n\t\t"katib": {"enabled": true, "images": {}}\r\n\t}\r\n}\r\n',
      },
      async workspace => {
        const { stdout } = await workspace.run(['check', '.']);
        assert.doesNotMatch(stdout, / yaml-/);
        await workspace.run(['fix', '.']);
        for (const name of ['prod.json', 'empty.json']) {
          const text = workspace.read(name);
          JSON.parse(text);
          assert.match(text, /^\t{4,}"\w+": \{"repository": "r\.example\.com/m, name);
          assert.doesNotMatch(text, /^\t* /m, name);
        }
      },
    ),
  );

  it(
    'have no fix that would not leave JSON',
    inWorkspace(
      {
        '.deploykf-values.yaml': project,
        'v.json': dex('"repository": "r.example.com/ghcr.io/dexidp/dex:v1"'),
      },
      async workspace => {
        await workspace.run(['fix', 'v.json']);
        JSON.parse(workspace.read('v.json'));
        const before = workspace.read('v.json');
        await workspace.run(['fix', 'v.json']);
        assert.equal(workspace.read('v.json'), before);
      },
    ),
  );
});
