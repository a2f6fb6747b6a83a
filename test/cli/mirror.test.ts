import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exporters } from '../../server/src/core/mirror/exporters/index.ts';
import type { MirrorJson } from '../../server/src/core/report/mirrorJson.ts';
import { inWorkspace } from '../support/cli.ts';
import { mirrorShape, shapeProblem } from '../support/shape.ts';

const project = [
  'registry:',
  '  rules:',
  '    - { source: "*", target: "r.example.com/{registry}/{path}" }',
  'stacks:',
  '  - { name: prod, release: 0.1.5, values: [prod.yaml] }',
  '',
].join('\n');
const values = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: { tag: "${TAG}" }\n';
const files = { '.deploykf-values.yaml': project, 'prod.yaml': values };

describe('mirror', () => {
  it(
    'says what is copied, what is not known, and how much Docker Hub allows',
    inWorkspace(files, async workspace => {
      const { code, stdout, stderr } = await workspace.run(['mirror', '--stack', 'prod']);
      assert.deepEqual([code, stderr], [1, '']);
      assert.match(
        stdout,
        /^ {2}ghcr\.io\/kyverno\/kyverno:v1\.10\.0 +to r\.example\.com\/ghcr\.io\/kyverno\/kyverno:v1\.10\.0$/m,
      );
      assert.match(
        stdout,
        /^Not known\n {2}ghcr\.io\/dexidp\/dex +another tool fills it in +deploykf_core\.deploykf_auth\.images\.dex$/m,
      );
      assert.match(stdout, /^deployKF 0\.1\.5, prod: \d+ images to mirror, 5 Helm charts, 1 not known$/m);
      assert.match(stdout, /come from Docker Hub, which allows 100 pulls in 6 hours/);
      const json = await workspace.json(['mirror', '--stack', 'prod']);
      assert.equal(shapeProblem(json, mirrorShape), undefined);
      assert.equal((json as MirrorJson).unresolved.length, 1);
    }),
  );

  it(
    'exports a list, a table, and a script that goes on and can be run again',
    inWorkspace(files, async workspace => {
      const list = await workspace.run(['mirror', '--stack', 'prod', '--export', 'list']);
      assert.ok(list.stdout.split('\n').includes('docker.io/istio/pilot:1.17.8-distroless'));
      assert.match(
        list.stderr,
        /ghcr\.io\/dexidp\/dex at deploykf_core\.deploykf_auth\.images\.dex is not in it: another tool/,
      );
      const csv = await workspace.run(['mirror', '--stack', 'prod', '--export', 'csv']);
      assert.match(csv.stdout, /^source,target,class,component,paths,reason\r\n/);
      const skopeo = await workspace.run(['mirror', '--stack', 'prod', '--export', 'skopeo']);
      assertRunsAgain(skopeo.stdout);
    }),
  );

  it(
    'exports nothing that cannot be carried out, and says why',
    inWorkspace(
      { ...files, '.deploykf-values.yaml': project.replace('{registry}/{path}"', 'all", path: last') },
      async workspace => {
        const { code, stdout, stderr } = await workspace.run([
          'mirror',
          '--stack',
          'prod',
          '--export',
          'skopeo',
        ]);
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(stderr, /would share/);
        const plan = await workspace.run(['mirror', '--stack', 'prod']);
        assert.equal(plan.code, 1);
        const unknown = await workspace.run(['mirror', '--stack', 'prod', '--export', 'nothing']);
        assert.match(unknown.stderr, /there is no export "nothing", there are list, json, csv/);
        const platform = await workspace.run(['mirror', '--stack', 'prod', '--platform', '$(id)']);
        assert.match(platform.stderr, /"\$\(id\)" is not a platform such as linux\/amd64/);
      },
    ),
  );

  it(
    'says in its help what can be exported, and what each export brings with it',
    inWorkspace(files, async workspace => {
      const help = await workspace.run(['mirror', '--help']);
      const words = help.stdout.replace(/\s+/g, ' ');
      assert.ok(words.includes(`one of ${exporters.map(({ name }) => name).join(', ')}`), help.stdout);
      const docker = await workspace.run(['mirror', '--stack', 'prod', '--export', 'docker']);
      assert.equal(docker.code, 1);
      assert.match(docker.stderr, /docker copies one architecture only/);
      const itms = await workspace.run([
        'mirror',
        '--stack',
        'prod',
        '--export',
        'itms',
        '--platform',
        'linux/amd64',
      ]);
      assert.match(itms.stderr, /--platform does not change the export itms/);
      assert.match(itms.stderr, /drains the nodes/);
    }),
  );

  it(
    'says which images have no place although others have one',
    inWorkspace(
      {
        '.deploykf-values.yaml':
          'registry: { rules: [{ source: docker.io, target: "r.example.com/{path}" }, { source: quay.io, target: null }] }\n',
        'prod.yaml': 'deploykf_core: {}\n',
      },
      async workspace => {
        const { code, stdout } = await workspace.run(['mirror', 'prod.yaml']);
        assert.equal(code, 1);
        assert.match(
          stdout,
          /^Without a place in the mirror\n(?:.*\n)* {2}ghcr\.io\/dexidp\/dex:v2\.39\.1 +no rule of the registry policy maps it/m,
        );
        const csv = await workspace.run(['mirror', 'prod.yaml', '--export', 'csv']);
        assert.equal(csv.code, 1);
        assert.match(
          csv.stderr,
          /ghcr\.io\/dexidp\/dex:v2\.39\.1 at deploykf_core\.deploykf_auth\.images\.dex is not in it: no rule/,
        );
      },
    ),
  );

  it(
    'exports nothing where pushTo would make one image of two, or names no place',
    inWorkspace(
      {
        '.deploykf-values.yaml': [
          'registry:',
          '  pushTo: PUSH',
          '  rules: [{ source: docker.io, target: "a.example.com/{name}" }, { source: "*", target: "b.example.com/{name}" }]',
          '',
        ].join('\n'),
        'prod.yaml':
          'deploykf_core: { deploykf_auth: { images: { dex: { repository: docker.io/dexidp/dex, tag: v2.37.0 } } } }\n',
      },
      async workspace => {
        const project = workspace.read('.deploykf-values.yaml');
        for (const [pushTo, said] of [
          [
            'p.example.com',
            /docker\.io\/dexidp\/dex and ghcr\.io\/dexidp\/dex would share "p\.example\.com\/dex"/,
          ],
          ['docker.io/a/b', /Docker Hub allows account\/name, "docker\.io\/a\/b\/dex" has 3 parts/],
        ] as const) {
          workspace.write('.deploykf-values.yaml', project.replace('PUSH', pushTo));
          const { code, stderr } = await workspace.run(['mirror', 'prod.yaml', '--export', 'crane']);
          assert.equal(code, 2);
          assert.match(stderr, said);
        }
      },
    ),
  );

  it(
    'exports no copies without a policy',
    inWorkspace({ 'prod.yaml': values }, async workspace => {
      const { code, stderr } = await workspace.run(['mirror', 'prod.yaml', '--export', 'skopeo']);
      assert.equal(code, 2);
      assert.match(stderr, /no registry policy says where images are copied to/);
      const list = await workspace.run(['mirror', 'prod.yaml', '--export', 'list']);
      assert.equal(list.code, 1);
      const charts = await workspace.run(['mirror', 'prod.yaml', '--export', 'plugin']);
      assert.doesNotMatch(charts.stderr, /is not in it/);
    }),
  );
});

/** Runs a script with a skopeo that fails once, and then again: only what failed is copied. */
function assertRunsAgain(script: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'mirror-'));
  try {
    const log = join(folder, 'log');
    writeFileSync(
      join(folder, 'skopeo'),
      `#!/bin/sh\nprintf '%s\\n' "$*" >> ${log}\ncase "$*" in *pilot*) [ -f ${folder}/once ] || { touch ${folder}/once; exit 1; };; esac\n`,
      { mode: 0o755 },
    );
    writeFileSync(join(folder, 'mirror.sh'), script);
    const run = (): number => {
      try {
        const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: folder };
        execFileSync('sh', ['mirror.sh'], { cwd: folder, env, stdio: 'pipe' });
        return 0;
      } catch (error) {
        return (error as { status: number }).status;
      }
    };
    assert.equal(run(), 1);
    const copies = readFileSync(log, 'utf8').trim().split('\n');
    assert.ok(copies.length > 30);
    assert.ok(
      copies.every(line => line.startsWith('copy --all --preserve-digests --retry-times 3 -- docker://')),
    );
    assert.equal(run(), 0);
    const again = readFileSync(log, 'utf8').trim().split('\n').slice(copies.length);
    assert.equal(again.length, 1);
    assert.match(again[0] ?? '', /docker:\/\/docker\.io\/istio\/pilot:/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
