import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { MirrorPlan } from '../../server/src/core/mirror/types.ts';
import { exporters } from '../../server/src/core/mirror/exporters/index.ts';
import { canRun, exportOf, planFor, readToml, refusalOf, upstreamHost } from '../support/exports.ts';

const plan = planFor({
  ...upstreamHost,
  charts: { 'https://charts.jetstack.io': 'oci://r.example.com/charts' },
});
const swapped = planFor({ rules: [{ source: '*', target: 'r.example.com/all' }] });
const pilot = 'docker.io/istio/pilot:1.17.8-distroless';

type Tree = Readonly<Record<string, unknown>>;

/** What is at a path of keys and indices. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((found, key) => (found as Tree | undefined)?.[key], value);
}

function yamlOf(name: string, of: MirrorPlan = plan, platform?: string): unknown {
  return parse(exportOf(name, of, platform));
}

function itemFor(list: unknown, key: string, value: string): unknown {
  return (list as readonly Tree[]).find(item => item[key] === value);
}

describe('exported files', () => {
  it('json has the copies', () => {
    const items = JSON.parse(exportOf('json', plan)) as readonly Tree[];
    assert.equal(items.length, plan.copies.length);
    assert.equal(at(itemFor(items, 'source', pilot), 'target'), `r.example.com/${pilot}`);
  });

  it('skopeo-sync has tags by registry and repository, and its command', () => {
    const file = yamlOf('skopeo-sync');
    assert.deepEqual(at(file, 'docker.io', 'images', 'istio/pilot'), ['1.17.8-distroless']);
    assert.deepEqual(at(file, 'docker.io', 'images', 'library/redis'), ['7.0.15-alpine']);
    assert.match(
      exportOf('skopeo-sync', plan),
      /^# skopeo sync --all --preserve-digests --keep-going --scoped --src yaml --dest docker FILE r\.example\.com$/m,
    );
    assert.match(refusalOf('skopeo-sync', swapped)[0] ?? '', /skopeo sync can only keep the whole name/);
  });

  it('regsync has pairs, and a platform when it is chosen', () => {
    const pair = { source: pilot, target: `r.example.com/${pilot}`, type: 'image' };
    assert.deepEqual(itemFor(at(yamlOf('regsync'), 'sync'), 'source', pilot), pair);
    const chosen = yamlOf('regsync', plan, 'linux/arm64');
    assert.deepEqual(itemFor(at(chosen, 'sync'), 'source', pilot), { ...pair, platform: 'linux/arm64' });
  });

  it('image-syncer has sources with targets', () => {
    assert.equal(at(yamlOf('image-syncer'), pilot), `r.example.com/${pilot}`);
  });

  it('hauler has names without the host', () => {
    const images = at(yamlOf('hauler', plan, 'linux/amd64'), 'spec', 'images');
    assert.deepEqual(itemFor(images, 'name', pilot), {
      name: pilot,
      platform: 'linux/amd64',
      rewrite: pilot,
    });
  });

  it('zarf has a package for each place, and no renames', () => {
    const documents = parseAllDocuments(exportOf('zarf', plan, 'linux/arm64')).map(
      item => item.toJS() as Tree,
    );
    assert.equal(documents.length, new Set(plan.copies.map(({ source }) => source.split('/')[0])).size);
    assert.equal(at(documents, 0, 'metadata', 'architecture'), 'arm64');
    assert.deepEqual(parseAllDocuments(exportOf('zarf', swapped)).length, 1);
    assert.match(refusalOf('zarf', plan, 'windows/amd64').join(), /architectures of Linux only/);
  });

  it('oc-mirror has repositories below the host', () => {
    const images = at(yamlOf('oc-mirror', plan, 'linux/amd64'), 'mirror', 'additionalImages');
    assert.deepEqual(itemFor(images, 'name', pilot), {
      name: pilot,
      targetRepo: 'docker.io/istio/pilot',
      targetTag: '1.17.8-distroless',
      platforms: [{ os: 'linux', architecture: 'amd64' }],
    });
  });

  it('itms and idms map registries, and what is gone to what takes its place', () => {
    const mirrors = at(yamlOf('itms'), 'spec', 'imageTagMirrors');
    assert.deepEqual(itemFor(mirrors, 'source', 'docker.io'), {
      source: 'docker.io',
      mirrors: ['r.example.com/docker.io'],
      mirrorSourcePolicy: 'NeverContactSource',
    });
    const gone = itemFor(mirrors, 'source', 'docker.io/bitnami/kubectl');
    assert.deepEqual(at(gone, 'mirrors'), ['r.example.com/docker.io/bitnamilegacy/kubectl']);
    assert.deepEqual(at(yamlOf('idms'), 'spec', 'imageDigestMirrors'), mirrors);
    assert.match(exportOf('idms', plan), /^# .*for which this alone does nothing/m);
  });

  it('nodes are told of single images where a registry does not become one place or stays public in part', () => {
    const registry = {
      rules: [
        { source: 'ghcr.io/deploykf', target: null },
        { source: '*', target: 'r.example.com/all', library: 'strip' },
      ],
    };
    const mixed = planFor(registry);
    const mirrors = at(yamlOf('itms', mixed), 'spec', 'imageTagMirrors');
    assert.equal(itemFor(mirrors, 'source', 'ghcr.io'), undefined);
    assert.equal(itemFor(mirrors, 'source', 'docker.io'), undefined);
    assert.deepEqual(at(itemFor(mirrors, 'source', 'docker.io/library/redis'), 'mirrors'), [
      'r.example.com/all/redis',
    ]);
    assert.match(refusalOf('containerd', mixed).join(), /containerd maps whole registries/);
  });

  it('imgpkg has digests, which only a lock knows', () => {
    assert.match(refusalOf('imgpkg', plan).join(), /is not known, and imgpkg takes no tags/);
    const digest = `sha256:${'b'.repeat(64)}`;
    const copies = plan.copies.map(copy => ({
      ...copy,
      locked: { digest, platforms: [], manifests: [], isUpstream: true },
    }));
    const exported = exporters
      .find(({ name }) => name === 'imgpkg')
      ?.write({ ...plan, copies }, { platform: undefined });
    assert.ok(exported?.kind === 'written');
    const images = at(parse(exported.text), 'images');
    assert.ok(itemFor(images, 'image', `docker.io/istio/pilot@${digest}`));
  });

  it('chart-values sets the repositories of the copied charts', () => {
    assert.deepEqual(yamlOf('chart-values'), {
      deploykf_dependencies: {
        cert_manager: { charts: { certManager: { repository: 'oci://r.example.com/charts' } } },
      },
    });
  });

  it('plugin has the images of both installations', () => {
    const [kustomize, helm] = parseAllDocuments(exportOf('plugin', plan)).map(item => item.toJS() as Tree);
    const images = at(kustomize, 'images');
    assert.deepEqual(itemFor(images, 'name', 'redis'), {
      name: 'redis',
      newName: 'r.example.com/docker.io/library/redis',
      newTag: '7.0.15-alpine',
    });
    assert.deepEqual(at(helm, 'global', 'image'), {
      repository: 'r.example.com/quay.io/argoproj/argocd',
      tag: 'v2.10.9',
    });
    assert.match(
      exportOf('plugin', plan),
      /^# image: docker\.io\/alpine\/helm:3\.12\.3 becomes image: r\.example\.com\/docker\.io\/alpine\/helm:3\.12\.3$/m,
    );
  });

  it('renovate finds the tags of private images, in maps and texts, and looks them up upstream', () => {
    const { customManagers } = JSON.parse(exportOf('renovate', plan)) as {
      customManagers: readonly { matchStrings: readonly string[]; packageNameTemplate: string }[];
    };
    const values = [
      'a:\n  repository: r.example.com/ghcr.io/dexidp/dex\n  tag: v2.39.1\n',
      'a: { tag: "v2.39.1", repository: "r.example.com/ghcr.io/dexidp/dex" }\n',
      'a: r.example.com/ghcr.io/dexidp/dex:v2.39.1\n',
    ];
    for (const text of values) {
      const found = customManagers.flatMap(({ matchStrings, packageNameTemplate }) =>
        matchStrings.flatMap(pattern => {
          const groups = new RegExp(pattern).exec(text)?.groups;
          if (groups === undefined) return [];
          const name = packageNameTemplate.replace('{{{depName}}}', groups['depName'] ?? '');
          return [`${name}:${groups['currentValue'] ?? ''}`];
        }),
      );
      assert.deepEqual(found, ['ghcr.io/dexidp/dex:v2.39.1'], text);
    }
  });
});

describe('exported TOML', () => {
  it('registries-conf replaces registries', function () {
    const toml = readToml(exportOf('registries-conf', plan));
    if (toml === undefined) this.skip();
    assert.deepEqual(itemFor(at(toml, 'registry'), 'prefix', 'docker.io'), {
      prefix: 'docker.io',
      location: 'r.example.com/docker.io',
    });
  });

  it('registries-conf is what skopeo reads', function () {
    if (!canRun('skopeo', '--version')) this.skip();
    const folder = mkdtempSync(join(tmpdir(), 'export-'));
    try {
      const file = join(folder, 'registries.conf');
      const local = planFor({ rules: [{ source: '*', target: '127.0.0.1:1/{registry}/{path}' }] });
      writeFileSync(file, exportOf('registries-conf', local));
      const args = ['--registries-conf', file, 'inspect', `docker://${pilot}`];
      const { stderr } = spawnSync('skopeo', args, { encoding: 'utf8' });
      assert.match(stderr, /127\.0\.0\.1:1/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('containerd has a hosts.toml for each registry, the mirror as the server, too', function () {
    const folder = mkdtempSync(join(tmpdir(), 'export-'));
    try {
      const env = { ...process.env, CERTS_D: folder };
      const { status, stderr } = spawnSync('sh', ['-s'], {
        input: exportOf('containerd', plan),
        env,
        encoding: 'utf8',
      });
      assert.deepEqual([status, stderr], [0, '']);
      assert.ok(readdirSync(folder).includes('docker.io'));
      const toml = readToml(readFileSync(join(folder, 'docker.io', 'hosts.toml'), 'utf8'));
      if (toml === undefined) this.skip();
      const url = 'https://r.example.com/v2/docker.io';
      const part = { capabilities: ['pull', 'resolve'], override_path: true };
      assert.deepEqual(toml, { server: url, ...part, host: { [url]: part } });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
