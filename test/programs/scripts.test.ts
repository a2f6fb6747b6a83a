import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { MirrorPlan } from '../../server/src/core/mirror/types.ts';
import { canRun, exportOf, planFor, refusalOf, runScript, upstreamHost } from '../support/exports.ts';

const jetstack = 'https://charts.jetstack.io';
const charts = { [jetstack]: 'oci://r.example.com/charts' };
const ecr = {
  rules: [{ source: '*', target: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/{registry}/{path}' }],
  charts,
};
const pilot = 'docker.io/istio/pilot:1.17.8-distroless';
const pilotCopy = `r.example.com/${pilot}`;

/** A plan with a few of its images, since each of them starts programs. */
function shortPlan(...options: Parameters<typeof planFor>): MirrorPlan {
  const plan = planFor(...options);
  const copies = plan.copies.filter(({ source }) => /istio\/pilot|dexidp\/dex|kserve|bash/.test(source));
  return { ...plan, copies };
}

/** What each script calls for one image, with all platforms and with one. */
const calls: readonly (readonly [name: string, all: readonly string[], one: readonly string[]])[] = [
  [
    'skopeo',
    [`skopeo|copy|--all|--preserve-digests|--retry-times|3|--|docker://${pilot}|docker://${pilotCopy}`],
    [
      `skopeo|copy|--override-os|linux|--override-arch|arm64|--retry-times|3|--|docker://${pilot}|docker://${pilotCopy}`,
    ],
  ],
  [
    'crane',
    [`crane|copy|${pilot}|${pilotCopy}`],
    [`crane|copy|--platform|linux/arm64|${pilot}|${pilotCopy}`],
  ],
  [
    'regctl',
    [`regctl|image|copy|--digest-tags|--referrers|${pilot}|${pilotCopy}`],
    [`regctl|image|copy|--platform|linux/arm64|${pilot}|${pilotCopy}`],
  ],
  ['oras', [`oras|cp|-r|${pilot}|${pilotCopy}`], [`oras|cp|--platform|linux/arm64|${pilot}|${pilotCopy}`]],
  [
    'docker',
    [`docker|pull|${pilot}`, `docker|tag|${pilot}|${pilotCopy}`, `docker|push|${pilotCopy}`],
    [
      `docker|pull|--platform|linux/arm64|${pilot}`,
      `docker|tag|${pilot}|${pilotCopy}`,
      `docker|push|${pilotCopy}`,
    ],
  ],
];

const scripts = ['skopeo', 'crane', 'regctl', 'oras', 'docker', 'ecr', 'containerd', 'charts'];
const ecrPlan = shortPlan(ecr);

describe('exported scripts', () => {
  for (const [name, all, one] of calls) {
    it(`${name}: calls the program, goes on after errors, and can be run again`, () => {
      const plan = shortPlan(upstreamHost);
      const [first, second, third] = runScript(exportOf(name, plan), [name], { failing: pilot, runs: 3 });
      assert.deepEqual([first?.code, second?.code, third?.code], [1, 0, 0]);
      assert.match(
        first?.stderr ?? '',
        new RegExp(`1 of ${plan.copies.length} images failed: run this again`),
      );
      assert.deepEqual(second?.calls, all);
      assert.deepEqual(third?.calls, []);
      const [chosen] = runScript(exportOf(name, plan, 'linux/arm64'), [name]);
      assert.equal(chosen?.code, 0);
      for (const call of one) assert.ok(chosen.calls.includes(call), call);
    });
  }

  it('do not take what was copied of one platform for all of them', () => {
    const plan = shortPlan(upstreamHost);
    const [run] = runScript(`${exportOf('crane', plan, 'linux/arm64')}\n${exportOf('crane', plan)}`, [
      'crane',
    ]);
    assert.equal(run?.calls.length, 2 * plan.copies.length);
  });

  it('say which program is missing', () => {
    const [run] = runScript(
      exportOf('crane', shortPlan(upstreamHost)).replaceAll('crane', 'no-such-program'),
      [],
    );
    assert.deepEqual([run?.code, run?.stderr], [1, 'no-such-program is not installed\n']);
  });

  it('copy from the digest where there is one, and to the tag', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const plan = shortPlan(upstreamHost, {
      deploykf_core: { deploykf_auth: { images: { dex: { tag: `v2.39.1@${digest}` } } } },
    });
    const [run] = runScript(exportOf('crane', plan), ['crane']);
    const dex = run?.calls.find(call => call.includes('dexidp/dex@'));
    assert.equal(dex, `crane|copy|ghcr.io/dexidp/dex@${digest}|r.example.com/ghcr.io/dexidp/dex:v2.39.1`);
  });

  it('docker: warns that one architecture is copied', () => {
    const [run] = runScript(exportOf('docker', shortPlan(upstreamHost)), ['docker']);
    assert.match(run?.stderr ?? '', /docker copies one architecture only/);
  });

  it('ecr: makes the repositories that are missing, and no others', () => {
    const [run] = runScript(exportOf('ecr', shortPlan(ecr)), ['aws'], { failing: 'docker.io/istio/pilot' });
    assert.ok(run);
    const ofPilot = run.calls.filter(call => call.endsWith('|docker.io/istio/pilot'));
    const where = '--registry-id|123456789012|--region|eu-west-1';
    assert.deepEqual(ofPilot, [
      `aws|ecr|describe-repositories|${where}|--repository-names|docker.io/istio/pilot`,
      `aws|ecr|create-repository|${where}|--repository-name|docker.io/istio/pilot`,
    ]);
    assert.equal(run.calls.filter(call => call.includes('create-repository')).length, 1);
    assert.match(refusalOf('ecr', shortPlan(upstreamHost)).join(), /no target is in Amazon ECR/);
  });

  it('charts: packages them without the "v" that registries do not take', () => {
    const plan = shortPlan(
      { ...upstreamHost, charts },
      { deploykf_dependencies: { cert_manager: { charts: { certManager: { version: 'v1.12.10' } } } } },
    );
    const [run] = runScript(exportOf('charts', plan), ['helm']);
    assert.equal(run?.code, 0);
    const shown = run.calls.map(call => call.replace(/\/[^|]*\/tmp\.\w+/g, 'DIR'));
    assert.deepEqual(shown, [
      `helm|pull|cert-manager|--repo|${jetstack}|--version|v1.12.10|--untar|--untardir|DIR/from`,
      'helm|package|DIR/from/cert-manager|--version|1.12.10|--destination|DIR/to',
      'helm|push|DIR/to/cert-manager-1.12.10.tgz|oci://r.example.com/charts',
    ]);
    assert.match(refusalOf('charts', shortPlan(upstreamHost)).join(), /no chart repository is mapped/);
  });

  for (const shell of ['sh', 'dash', 'bash', 'busybox']) {
    it(`are read by ${shell}`, function () {
      const args = shell === 'busybox' ? ['sh', '-n'] : ['-n'];
      if (!canRun(shell, '-c', 'true')) this.skip();
      for (const name of scripts) {
        const script = exportOf(name, ecrPlan, 'linux/amd64');
        const { status, stderr } = spawnSync(shell, args, { input: script, encoding: 'utf8' });
        assert.deepEqual([name, status, stderr], [name, 0, '']);
      }
    });
  }

  it('are without findings of shellcheck', function () {
    if (!canRun('shellcheck', '--version')) this.skip();
    for (const name of scripts) {
      const args = ['-s', 'sh', '-S', 'warning', '-'];
      const { stdout } = spawnSync('shellcheck', args, {
        input: exportOf(name, ecrPlan),
        encoding: 'utf8',
      });
      assert.equal(stdout, '', name);
    }
  });
});
