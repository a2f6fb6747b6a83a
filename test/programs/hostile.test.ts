import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { exporters } from '../../server/src/core/mirror/exporters/index.ts';
import { tomlString } from '../../server/src/core/mirror/exporters/tomlString.ts';
import type { MirrorPlan } from '../../server/src/core/mirror/types.ts';
import { planFor, readToml, refusalOf } from '../support/exports.ts';

const scripts = new Set(['skopeo', 'crane', 'regctl', 'oras', 'docker', 'ecr', 'containerd', 'charts']);
const yamls = new Set([
  'skopeo-sync',
  'regsync',
  'image-syncer',
  'hauler',
  'zarf',
  'oc-mirror',
  'itms',
  'idms',
  'chart-values',
  'plugin',
]);

/** What a user, or whoever wrote the user's files, may call a thing. */
const texts = [
  '$(touch pwned)',
  '`touch pwned`',
  'a\ntouch pwned\n',
  'a\r\ntouch pwned\r\n',
  "'; touch pwned; '",
  '"; touch pwned; "',
  '{{ env "HOME" }}',
  '${HOME}',
  'a\u0000b',
  'a\u001b]0;x\u0007',
  'a\u2028touch pwned',
  'a\u0085touch pwned',
  '\u202eevil',
  'x: y\n- z',
  '# x',
  '--help',
  '-rf /',
  '...\n---\nx: y',
  '"""\nx = 1',
  '\ud800',
  '../../etc',
];

const registry = {
  rules: [{ source: '*', target: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/{registry}/{path}' }],
  charts: { 'https://charts.jetstack.io': 'oci://r.example.com/charts' },
};
const harmless = planFor(registry);

/** Each export of a plan in which something has a hostile text. */
function exportsOf(plan: MirrorPlan): readonly (readonly [name: string, text: string])[] {
  return exporters.flatMap(({ name, write }) => {
    const exported = write(plan, { platform: undefined });
    return exported.kind === 'written' ? [[name, exported.text] as const] : [];
  });
}

/** A plan with a reference that its rules would never let through. */
function planWith(text: string): MirrorPlan {
  const [copy] = harmless.copies;
  assert.ok(copy);
  const place = `r.example.com/${text}:1`;
  const source = `docker.io/${text}:1`;
  return { ...harmless, copies: [{ ...copy, source, target: place, pushTarget: place }] };
}

/** The lines that are not comments. */
function codeOf(text: string): string {
  return text
    .split('\n')
    .filter(line => !line.startsWith('#') || line.startsWith('#!'))
    .join('\n');
}

describe('hostile texts in exports', () => {
  it('the name of a stack and unknown references are in comments alone', () => {
    const expected = new Map(exportsOf(harmless).map(([name, text]) => [name, codeOf(text)]));
    for (const text of texts) {
      const unresolved = [{ reference: text, reason: 'its tag is not known', paths: [] }];
      for (const [name, written] of exportsOf({ ...harmless, stack: text, unresolved })) {
        assert.equal(codeOf(written), expected.get(name), `${name} ${JSON.stringify(text)}`);
        assert.doesNotMatch(
          written,
          /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202e]/,
        );
      }
    }
  });

  it('charts with such names, versions, repositories and places are refused', () => {
    const [chart] = harmless.charts;
    assert.ok(chart);
    for (const text of texts) {
      const refused = [
        { ...chart, name: text },
        { ...chart, version: text },
        { ...chart, repository: text },
        { ...chart, repository: `https://${text}` },
        { ...chart, repository: `${chart.repository}/${text}` },
        { ...chart, target: text },
        { ...chart, target: `oci://r.example.com/${text}` },
      ];
      for (const item of refused) {
        // A path of an address may be called so.
        const addresses = [item.repository, item.target ?? ''];
        if (addresses.some(url => url.includes('.') && url.endsWith('/--help'))) continue;
        const plan = { ...harmless, charts: [item] };
        for (const name of ['charts', 'chart-values'])
          assert.ok(refusalOf(name, plan).length > 0, `${name} ${JSON.stringify(item)}`);
      }
    }
  });

  it('logins of chart repositories are not written', () => {
    const [chart] = harmless.charts;
    assert.ok(chart);
    for (const repository of [
      'https://me:s3cret@x.example.com/charts',
      'https://x.example.com/c?token=s3cret',
    ]) {
      const reasons = refusalOf('charts', { ...harmless, charts: [{ ...chart, repository }] });
      assert.match(reasons.join(), /not a plain address without a login/);
      assert.doesNotMatch(reasons.join(), /s3cret/);
    }
  });

  it('a template of Go is refused by regsync, whose sources and targets are templates', () => {
    const [copy] = harmless.copies;
    assert.ok(copy);
    const plan = { ...harmless, copies: [{ ...copy, pushTarget: 'r.example.com/{{ env "HOME" }}:1' }] };
    assert.match(refusalOf('regsync', plan).join(), /has "\{\{", which regsync reads as a template/);
  });

  it('even a reference that no plan would have is one text of YAML', () => {
    for (const text of texts)
      for (const [name, written] of exportsOf(planWith(text))) {
        if (!yamls.has(name)) continue;
        const errors = parseAllDocuments(written).flatMap(document => document.errors);
        assert.deepEqual(errors, [], name);
      }
  });

  it('even a reference that no plan would have is one word of a shell', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
    try {
      for (const text of texts.filter(item => !item.includes('\u0000'))) {
        const written = exportsOf(planWith(text)).filter(([name]) => scripts.has(name));
        const env = { PATH: '/usr/bin:/bin', HOME: folder, CERTS_D: `${folder}/certs` };
        const input = written.map(([, script]) => `(\n${fakes}${script})\n`).join('');
        spawnSync('sh', ['-s'], { cwd: folder, env, input });
        assert.ok(!existsSync(join(folder, 'pwned')), JSON.stringify(text));
        assert.ok(existsSync(join(folder, 'mirror-crane.state')));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }).timeout(60_000);

  it('texts are texts of TOML', function () {
    const document = texts.map((text, index) => `k${index} = ${tomlString(text)}\n`).join('');
    const toml = readToml(document);
    if (toml === undefined) this.skip();
    const values = Object.values(toml as Record<string, string>);
    assert.deepEqual(
      values,
      texts.map(text => text.replace('\ud800', '\ufffd')),
    );
  });

  it('a table has no formula', () => {
    const plan = { ...harmless, copies: harmless.copies.map(copy => ({ ...copy, reason: '=cmd()|x' })) };
    const [, text = ''] = exportsOf(plan).find(([name]) => name === 'csv') ?? [];
    assert.match(text, /,'=cmd\(\)\|x\r\n/);
  });
});

/** Functions in place of the programs, so that nothing is asked and nothing is started. */
const fakes = ['skopeo', 'crane', 'regctl', 'oras', 'docker', 'aws', 'helm']
  .map(name => `${name}() { :; }\n`)
  .join('');
