import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { MirrorJson } from '../../server/src/core/report/mirrorJson.ts';
import { CliWorkspace } from '../support/cli.ts';
import { ChartSite } from '../support/registry/chartSite.ts';
import { CopyingHost } from '../support/registry/copyingHost.ts';
import { password, user } from '../support/registry/credentials.ts';
import { needHelm, needPrograms } from '../support/registry/programs.ts';
import { startRegistry, type TestRegistry } from '../support/registry/testRegistry.ts';

/** A chart as deployKF fetches it. */
interface Fetched {
  readonly repository: string;
  readonly version?: string;
}

/** The charts of a stack by their names, where deployKF's values have them. */
function chartValues(of: (name: string) => Fetched): {
  readonly deploykf_dependencies: unknown;
  readonly deploykf_core: unknown;
} {
  return {
    deploykf_dependencies: {
      cert_manager: { charts: { certManager: of('cert-manager') } },
      istio: { charts: { istioBase: of('base'), istioDaemon: of('istiod') } },
      kyverno: { charts: { kyverno: of('kyverno') } },
    },
    deploykf_core: { deploykf_istio_gateway: { charts: { istioGateway: of('gateway') } } },
  };
}

/** The repository of each chart. */
const sites: Readonly<Record<string, string>> = {
  'cert-manager': 'jetstack',
  base: 'istio',
  istiod: 'istio',
  gateway: 'istio',
  kyverno: 'kyverno',
};
const names = Object.keys(sites);
/** As its maintainers write it. */
const certManager = 'v1.12.10';

describe('The script for charts, run with Helm as it is exported', function () {
  this.timeout(120_000);
  let helm: string;
  let site: ChartSite;
  let mirror: TestRegistry;
  let workspace: CliWorkspace;
  let host: CopyingHost;
  let target: string;

  before(async function () {
    needPrograms(this, ['docker-registry', 'openssl']);
    helm = needHelm(this, 'helm');
    [site, mirror] = await Promise.all([ChartSite.start(helm), startRegistry('token')]);
    target = `oci://${mirror.host}/charts`;
    const mapped = Object.fromEntries(Object.values(sites).map(name => [site.urlOf(name), target]));
    const project = {
      release: '0.1.5',
      registry: { rules: [{ source: '*', target: `${mirror.host}/{registry}/{path}` }], charts: mapped },
      stacks: [{ name: 'prod', values: ['prod.yaml'] }],
    };
    workspace = new CliWorkspace({
      '.deploykf-values.yaml': JSON.stringify(project),
      'prod.yaml': JSON.stringify(publicValues()),
    });
    host = new CopyingHost([mirror], [dirname(helm)]);
  });

  after(async () => {
    workspace?.remove();
    host?.remove();
    await Promise.all([site?.stop(), mirror?.stop()]);
  });

  function publicValues(): unknown {
    return chartValues(name => ({
      repository: site.urlOf(sites[name] ?? ''),
      ...(name === 'cert-manager' && { version: certManager }),
    }));
  }

  async function exported(name: string): Promise<string> {
    const { code, stdout, stderr } = await workspace.run(['mirror', '--stack', 'prod', '--export', name]);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  it('copies every chart though one was late, so that Helm finds them by the exported values', async () => {
    const { charts } = (await workspace.json(['mirror', '--stack', 'prod'])) as MirrorJson;
    const versions = new Map(charts.map(({ name, version }) => [name, version]));
    assert.deepEqual([...versions.keys()].toSorted(), names.toSorted());
    const publish = (name: string): void => site.publish(sites[name] ?? '', name, versions.get(name) ?? '');
    names.slice(1).forEach(publish);
    host.write('charts.sh', await exported('charts'));
    const login = ['registry', 'login', mirror.host, '--username', user, '--password', password];
    const logged = await host.run(['helm', ...login]);
    assert.equal(logged.code, 0, logged.stderr);

    const first = await host.run(['sh', 'charts.sh']);
    assert.equal(first.code, 1);
    assert.ok(first.stderr.endsWith(`1 of ${names.length} charts failed: run this again\n`), first.stderr);
    names.slice(0, 1).forEach(publish);
    const second = await host.run(['sh', 'charts.sh']);
    assert.equal(second.code, 0, second.stderr);
    assert.equal(second.stderr.match(/^Pushed: /gm)?.length, 1, second.stderr);

    const values: unknown = parse(await exported('chart-values'));
    const copied = chartValues(name => ({
      repository: target,
      ...(name === 'cert-manager' && { version: '1.12.10' }),
    }));
    assert.deepEqual(values, copied);
    const dependencies = names.map(name => ({
      name,
      version: name === 'cert-manager' ? '1.12.10' : versions.get(name),
      repository: target,
    }));
    const chart = { apiVersion: 'v2', name: 'app', version: '1.0.0', dependencies };
    host.write('Chart.yaml', JSON.stringify(chart));
    const updated = await host.run(['helm', 'dependency', 'update', '.']);
    assert.equal(updated.code, 0, updated.stderr);
    const archives = dependencies.map(({ name, version }) => `${name}-${version}.tgz`);
    assert.deepEqual(readdirSync(join(host.folder, 'charts')).toSorted(), archives.toSorted());
  });

  it('copies a chart under a version that Helm would not find in a registry', async () => {
    const pull = (version: string): ReturnType<CopyingHost['run']> =>
      host.run(['helm', 'pull', `${target}/cert-manager`, '--version', version]);
    assert.equal((await pull('1.12.10')).code, 0);
    const asPublished = await pull(certManager);
    assert.match(asPublished.stderr, /not found/);
  });

  it('copies a chart from one registry to another', async () => {
    const second = `oci://${mirror.host}/second`;
    const values = chartValues(name =>
      name === 'cert-manager'
        ? { repository: target, version: '1.12.10' }
        : { repository: site.urlOf(sites[name] ?? '') },
    );
    workspace.write('prod.yaml', JSON.stringify(values));
    const registry = { rules: [{ source: '*', target: mirror.host }], charts: { [target]: second } };
    const stacks = [{ name: 'prod', values: ['prod.yaml'] }];
    workspace.write('.deploykf-values.yaml', JSON.stringify({ release: '0.1.5', registry, stacks }));
    host.write('second.sh', await exported('charts'));
    const copied = await host.run(['sh', 'second.sh']);
    assert.equal(copied.code, 0, copied.stderr);
    const pulled = await host.run(['helm', 'pull', `${second}/cert-manager`, '--version', '1.12.10']);
    assert.equal(pulled.code, 0, pulled.stderr);
  });
});
