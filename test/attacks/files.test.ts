import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { readText } from '../../server/src/host/readFile.node.ts';
import { AttackFolder, dex } from '../support/attackFolder.ts';
import { bundle, runLimited, type Limits } from '../support/limited.ts';
import { LspClient } from '../support/lspClient.ts';

const special = 'is not a regular file and not read';
const error =
  'error image-tag-type  YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it';

describe('what is not a file', function () {
  this.timeout(60_000);
  let cli: ReturnType<typeof bundle>;
  let server: ReturnType<typeof bundle>;
  let folder: AttackFolder;
  let client: LspClient | undefined;

  before(function () {
    if (process.platform === 'win32') this.skip();
    cli = bundle('cli');
    server = bundle('server');
  });
  after(() => {
    cli.remove();
    server.remove();
  });
  beforeEach(() => (folder = new AttackFolder()));
  afterEach(() => {
    if (client?.pid !== undefined) process.kill(client.pid, 'SIGKILL');
    client = undefined;
    folder.remove();
  });

  /** The exit code, and the lines of both outputs without excerpts. */
  async function run(argv: readonly string[], limits: Limits = {}): Promise<readonly string[]> {
    const { code, stdout, stderr } = await runLimited(process.execPath, [cli.file, ...argv], {
      cwd: folder.root,
      ...limits,
    });
    const lines = `${stdout}${stderr}`.split('\n').filter(line => /^\S/.test(line));
    return [String(code), ...lines];
  }

  const check = (...argv: readonly string[]): Promise<readonly string[]> =>
    run(['check', '-q', '--fail-on', 'error', ...argv]);

  describe('on the command line', () => {
    it('is no values file, whatever leads to it', async () => {
      folder.pipe('pipe.yaml');
      folder.link('link.yaml', 'pipe.yaml');
      folder.link('zero.yaml', '/dev/zero');
      folder.link('stdin.yaml', '/dev/stdin');
      for (const name of ['pipe.yaml', 'link.yaml', 'zero.yaml', 'stdin.yaml', '/dev/zero', '/dev/tty'])
        assert.deepEqual(
          (await check(name)).slice(1).join(),
          `deploykf-values: ${relativeTo(name)} ${special}`,
          name,
        );
    });

    it('is no values file where it is a socket', async () => {
      const socket = await listenAt(folder.path('socket.yaml'));
      try {
        assert.deepEqual(await check('socket.yaml'), ['2', `deploykf-values: socket.yaml ${special}`]);
      } finally {
        socket.close();
      }
    });

    it('is no .gitignore, script, or YAML file around', async () => {
      folder.pipe('.gitignore');
      folder.pipe('sub/.gitignore');
      folder.pipe('run.sh');
      folder.pipe('Makefile');
      folder.pipe('secret.yaml');
      folder.link('link.yaml', '/dev/zero');
      const credentials =
        'deploykf_dependencies: {kyverno: {clusterPolicies: {imagePullSecrets: {enabled: true, registryCredentials: [{existingSecret: reg, existingSecretNamespace: kyverno}]}}}}\n';
      folder.write('sub/a.yaml', dex('2.40') + credentials);
      assert.deepEqual(await check(), ['1', `sub/a.yaml:5:14 ${error}`]);
      const [code, ...lines] = await run(['init']);
      assert.deepEqual([code, lines[0]], ['0', 'Wrote .deploykf-values.yaml: 1 stack, no registry yet']);
    });

    it('is no project file', async () => {
      folder.write('a.yaml', dex('2.40'));
      folder.pipe('.deploykf-values.yaml');
      assert.deepEqual(await check(), ['2', `deploykf-values: .deploykf-values.yaml ${special}`]);
      assert.deepEqual(await check('--config', '/dev/zero', 'a.yaml'), [
        '2',
        `deploykf-values: ${relativeTo('/dev/zero')} ${special}`,
      ]);
    });

    it('is no layer: its name says why, and the rest is checked', async () => {
      folder.pipe('pipe.yaml');
      folder.link('zero.yaml', '/dev/zero');
      folder.write('a.yaml', dex('2.40'));
      folder.write(
        '.deploykf-values.yaml',
        'release: 0.1.5\nstacks:\n  - name: prod\n    values:\n      - pipe.yaml\n      - zero.yaml\n      - a.yaml\n',
      );
      assert.deepEqual(await check(), [
        '1',
        `.deploykf-values.yaml:5:9 error stack-file-missing  Values file "pipe.yaml" of stack prod ${special}`,
        `.deploykf-values.yaml:6:9 error stack-file-missing  Values file "zero.yaml" of stack prod ${special}`,
        `a.yaml:5:14 ${error}`,
      ]);
      assert.deepEqual(await run(['images']), [
        '2',
        `deploykf-values: pipe.yaml ${special}`,
        `deploykf-values: zero.yaml ${special}`,
        'deploykf-values: no stack has all of its files',
      ]);
    });

    it('is no generator', async () => {
      folder.write('a.yaml', dex('2.40'));
      folder.pipe('pipe.zip');
      folder.pipe('fork/default_values.yaml');
      folder.link('zero/default_values.yaml', '/dev/zero');
      const end = 'expected the folder or .zip of a generator';
      for (const [path, problem] of [
        ['pipe.zip', special],
        ['fork', `has a default_values.yaml that ${special}`],
        ['zero', `has a default_values.yaml that ${special}`],
      ])
        assert.deepEqual(await check('--generator', path ?? '', 'a.yaml'), [
          '2',
          `deploykf-values: the generator "${path}" ${problem}: ${end}`,
        ]);
    });

    it('is no docker config', async () => {
      folder.pipe('docker/config.json');
      const argv = ['pull-secret', '--registry', 'r.example.com', '--name', 'reg', '--namespace', 'kyverno'];
      const env = { ...process.env, DOCKER_CONFIG: folder.path('docker') };
      assert.deepEqual(await run([...argv, '--from-docker-config'], { env }), [
        '2',
        `deploykf-values: the docker config ${folder.path('docker/config.json')} ${special}`,
      ]);
    });

    it('does not keep 600 files from being read with 256 descriptors', async () => {
      for (let index = 0; index < 600; index++)
        folder.write(`${index}.yaml`, dex(index === 321 ? '2.40' : '"1"'));
      const shell = ['-c', 'ulimit -n 256; exec "$0" "$@"', process.execPath, cli.file];
      const limits = { cwd: folder.root, seconds: 50 };
      const found = await runLimited('sh', [...shell, 'check', '-q', '--fail-on', 'error', '.'], limits);
      assert.deepEqual(
        [found.code, found.stdout.split('\n')[0], found.stderr],
        [1, `321.yaml:5:14 ${error}`, ''],
      );
      const written = await runLimited('sh', [...shell, 'init'], limits);
      assert.deepEqual(
        [written.code, written.stdout.split('\n')[0], written.stderr],
        [0, 'Wrote .deploykf-values.yaml: 600 stacks, no registry yet', ''],
      );
      const again = await runLimited('sh', [...shell, 'check', '-q', '--fail-on', 'error'], limits);
      assert.deepEqual([again.code, again.stderr], [1, '']);
    });

    /** As the command line prints an absolute path. */
    function relativeTo(name: string): string {
      return name.startsWith('/')
        ? `${'../'.repeat(folder.root.split('/').length - 1)}${name.slice(1)}`
        : name;
    }
  });

  describe('in the server', () => {
    const errors = (found: readonly string[]): readonly string[] =>
      found.filter(line => /stack-file-missing|image-tag-type/.test(line));

    async function start(prefix: readonly string[] = []): Promise<LspClient> {
      const [program, ...args] = [...prefix, process.execPath, server.file, '--stdio'];
      client = LspClient.spawn(program ?? '', args);
      await client.initialize({ folders: [folder.uri('')] });
      return client;
    }

    it('keeps nothing waiting, whatever its role is', async () => {
      for (const name of ['.gitignore', 'run.sh', 'Makefile', 'secret.yaml', 'pipe.yaml', 'fork.zip'])
        folder.pipe(name);
      folder.link('zero.yaml', '/dev/zero');
      folder.write('app.yaml', 'a: 1\n');
      const project =
        'generators: {acme: fork.zip}\nstacks:\n  - {name: prod, release: 0.1.5, values: [pipe.yaml, zero.yaml, a.yaml]}\n  - {name: fork, release: acme, values: [a.yaml]}\n';
      folder.write('.deploykf-values.yaml', project);
      folder.write('a.yaml', dex('2.40'));
      const own = await start();
      await own.open(folder.uri('a.yaml'), dex('2.40'));
      await own.open(folder.uri('.deploykf-values.yaml'), project);
      const found = await own.diagnosticsWhere(folder.uri('a.yaml'), lines => errors(lines).length > 0);
      assert.equal(errors(found).length, 1);
      const told = await own.diagnosticsWhere(
        folder.uri('.deploykf-values.yaml'),
        lines => lines.filter(line => /stack-file-missing|fork\.zip/.test(line)).length === 3,
      );
      assert.deepEqual(
        told
          .map(line => line.slice(line.indexOf(' ') + 1))
          .map(line => line.slice(0, line.indexOf(', stack') + 1 || undefined)),
        [
          `stack-file-missing: Values file "pipe.yaml" of stack prod ${special}`,
          `stack-file-missing: Values file "zero.yaml" of stack prod ${special}`,
          `release-unknown: The generator "fork.zip" of acme ${special},`,
        ],
      );
    });

    it('is no project file', async () => {
      folder.pipe('.deploykf-values.yaml');
      const own = await start();
      await own.open(folder.uri('a.yaml'), dex('2.40'));
      await own.diagnosticsWhere(folder.uri('a.yaml'), lines => errors(lines).length === 1);
      assert.deepEqual(own.warned, [`"${folder.uri('.deploykf-values.yaml')}" ${special}`]);
    });

    it('does not keep 600 files from being read with 256 descriptors', async () => {
      const names = Array.from({ length: 600 }, (_, index) => `${index}.yaml`);
      for (const name of names) folder.write(`values/${name}`, dex('"1"'));
      const project = `stacks:\n  - name: all\n    values: [${names.map(name => `values/${name}`).join(', ')}, no.yaml]\n`;
      folder.write('.deploykf-values.yaml', project);
      const own = await start(['sh', '-c', 'ulimit -n 256; exec "$0" "$@"']);
      await own.open(folder.uri('.deploykf-values.yaml'), project);
      const told = await own.diagnosticsWhere(
        folder.uri('.deploykf-values.yaml'),
        lines => errors(lines).length > 0,
      );
      assert.deepEqual(
        errors(told).map(line => line.slice(line.indexOf(' ') + 1)),
        [
          'stack-file-missing: Values file "no.yaml" of stack all does not exist: correct the path or create the file',
        ],
      );
    });
  });

  it('may lie about its size: what is there is read, up to the limit', async function () {
    if (process.platform !== 'linux') this.skip();
    const path = '/proc/self/limits';
    const text = readFileSync(path, 'utf8');
    assert.deepEqual(await readText(path, { bounds: 'anywhere' }), { kind: 'text', text });
    const { length } = text;
    assert.equal((await readText(path, { bounds: 'anywhere', maxBytes: length })).kind, 'text');
    assert.equal((await readText(path, { bounds: 'anywhere', maxBytes: length - 1 })).kind, 'tooLarge');
    const endless = await readText('/proc/self/pagemap', { bounds: 'anywhere', maxBytes: 1000 });
    assert.notEqual(endless.kind, 'text');
  });
});

function listenAt(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const listening = createServer().on('error', reject);
    listening.listen(path, () => resolve(listening));
  });
}
