import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileProblems } from '../../server/src/host/files.ts';
import { forkedValues } from '../support/generators.ts';
import { AttackFolder, dex } from '../support/attackFolder.ts';
import { bundle, runLimited, type LimitedRun } from '../support/limited.ts';
import { LspClient, MemoryFiles, root } from '../support/lspClient.ts';

const { outside, leadsOutside, ofGit } = fileProblems;

/** Nothing of this may ever be told. It is no YAML, so that whatever shows it would show it as an excerpt. */
const secret = 'TOKEN-c0ffee';
const foreign = `deploykf_core: [ ${secret}\n${secret}: {{\n`;

const application = (parameters: string): string => `kind: Application
metadata: { name: app }
spec:
  source:
    plugin:
      name: deploykf
      parameters:
        ${parameters}
`;

const stacks = (...values: readonly string[]): string =>
  `release: 0.1.5\nstacks:\n  - name: prod\n    values:\n${values.map(path => `      - ${path}\n`).join('')}`;

describe('what lies outside', function () {
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
  beforeEach(() => {
    folder = new AttackFolder();
    folder.write('foreign.yaml', foreign);
    folder.write('foreign/values.yaml', foreign);
    folder.write('ws/a.yaml', dex('2.40'));
  });
  afterEach(() => {
    if (client?.pid !== undefined) process.kill(client.pid, 'SIGKILL');
    client = undefined;
    folder.remove();
  });

  async function run(argv: readonly string[], cwd = 'ws'): Promise<LimitedRun> {
    const env = { ...process.env, SECRET: secret, HOME: folder.path('home') };
    const found = await runLimited(process.execPath, [cli.file, ...argv], { cwd: folder.path(cwd), env });
    assert.doesNotMatch(found.stdout + found.stderr, new RegExp(secret));
    return found;
  }

  /** The findings and complaints, each without its place and excerpt, and the exit code. */
  async function check(argv: readonly string[] = [], cwd = 'ws'): Promise<readonly string[]> {
    const { code, stdout, stderr } = await run(['check', '-q', '--fail-on', 'info', ...argv], cwd);
    const lines = `${stdout}${stderr}`.split('\n').filter(line => /^\S+ /.test(line));
    return [
      String(code),
      ...lines.filter(line => /^deploykf|stack-file-missing|image-tag-type|release-unknown/.test(line)),
    ];
  }

  const commands = [
    ['check', '--format', 'json'],
    ['images'],
    ['explain', 'deploykf_core'],
    ['fix', '--dry-run'],
    ['init', '--force'],
  ];

  it('is not read by way of the project file, and the rest is checked', async () => {
    folder.link('ws/link.yaml', '../foreign.yaml');
    folder.link('ws/linked', '../foreign');
    const paths = [
      '../foreign.yaml',
      folder.path('foreign.yaml'),
      '/proc/self/environ',
      '../../../../../../../etc/passwd',
      'link.yaml',
      'linked/values.yaml',
      'a.yaml',
    ];
    folder.write('ws/.deploykf-values.yaml', stacks(...paths));
    const found = await check();
    assert.deepEqual(
      found.map(line => line.replace(/^\S+ /, '')),
      [
        '1',
        ...paths
          .slice(0, -1)
          .map(
            path =>
              `error stack-file-missing  Values file "${path}" of stack prod ${path.startsWith('link') ? leadsOutside : outside}`,
          ),
        'error image-tag-type  YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it',
      ],
    );
    for (const argv of commands) await run(argv);
  });

  it('is not read by way of an Application', async () => {
    folder.write('ws/app.yaml', application('- { name: values_files, array: [../foreign.yaml, a.yaml] }'));
    for (const argv of [[], ['app.yaml'], ['.']]) {
      const found = await check(argv);
      assert.deepEqual(found.slice(0, 2), [
        '1',
        `app.yaml:8:41 error stack-file-missing  Values file "../foreign.yaml" of stack app ${outside}`,
      ]);
      assert.equal(found.length, 3);
    }
  });

  it('is not read by way of a script', async () => {
    folder.write(
      'ws/run.sh',
      `deploykf generate -V 0.1.5 --values ../foreign.yaml --values /etc/passwd --values a.yaml\n`,
    );
    assert.deepEqual(await check(), [
      '1',
      `a.yaml:1:1 info stack-file-missing  Values file "../foreign.yaml" of stack run.sh ${outside}`,
      `a.yaml:1:1 info stack-file-missing  Values file "/etc/passwd" of stack run.sh ${outside}`,
      'a.yaml:5:14 error image-tag-type  YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it',
    ]);
    const { stderr } = await run(['check', '-q', 'run.sh']);
    assert.match(stderr, /\.\.\/foreign\.yaml is outside/);
  });

  it('is not read by way of links in the place of project files, scripts, and other YAML', async () => {
    folder.write('foreign.sh', `# ${secret}\ndeploykf generate -V ${secret} --values a.yaml\n`);
    folder.link('ws/run.sh', '../foreign.sh');
    folder.link('ws/b.yaml', '../foreign.yaml');
    assert.deepEqual((await check()).slice(0, 1), ['1']);
    folder.link('ws/.deploykf-values.yaml', '../foreign.yaml');
    const { code, stderr } = await run(['check']);
    assert.deepEqual([code, stderr], [2, `deploykf-values: .deploykf-values.yaml ${leadsOutside}\n`]);
  });

  it('is not told of where it stands in the place of a generator', async () => {
    folder.write('fork/default_values.yaml', foreign);
    folder.write('fork.zip', `PK\x05\x06${secret}`);
    folder.link('ws/inner/default_values.yaml', '../../foreign.yaml');
    const end = 'stack prod is not checked: expected the folder or .zip of a generator';
    const foreignEnd =
      'is outside of this folder and its git work tree and is not read: it does not contain a default_values.yaml with deployKF values';
    for (const [path, problem] of [
      ['../fork', foreignEnd],
      ['../fork.zip', foreignEnd],
      ['/proc/self/environ', foreignEnd],
      ['inner', 'does not contain a default_values.yaml'],
    ]) {
      folder.write(
        'ws/.deploykf-values.yaml',
        `generators: {acme: ${path}}\nstacks: [{name: prod, release: acme, values: [a.yaml]}]\n`,
      );
      const told = (await check()).filter(line => line.includes('release-unknown'));
      assert.deepEqual(
        told.map(line => line.slice(line.indexOf('  ') + 2)),
        [`The generator "${path}" of acme ${problem}, ${end}`],
      );
    }
  });

  it('may be a generator all the same', async () => {
    folder.write('fork/default_values.yaml', forkedValues());
    folder.write(
      'ws/.deploykf-values.yaml',
      'generators: {acme: ../fork}\nstacks: [{name: prod, release: acme, values: [a.yaml]}]\n',
    );
    const { stdout } = await run(['images']);
    assert.match(stdout, /harbor\.example\.com\/dex/);
  });

  it('is read when the user names it', async () => {
    folder.write('other/b.yaml', dex('2.40'));
    folder.write('other/app.yaml', application('- { name: values_files, array: [b.yaml] }'));
    const tag =
      'error image-tag-type  YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it';
    assert.deepEqual(await check(['../other/b.yaml']), ['1', `../other/b.yaml:5:14 ${tag}`]);
    assert.deepEqual(await check(['--values', '../other/b.yaml', 'a.yaml']), ['1', `a.yaml:5:14 ${tag}`]);
    assert.deepEqual(await check(['../other/app.yaml']), ['1', `../other/b.yaml:5:14 ${tag}`]);
    folder.write('other/project.yaml', stacks('b.yaml'));
    assert.deepEqual(await check(['--config', '../other/project.yaml', '../other/b.yaml']), [
      '1',
      `../other/b.yaml:5:14 ${tag}`,
    ]);
  });

  it('is not read by way of a link in the place of a file that the user names', async () => {
    folder.link('ws/prod.yaml', folder.path('foreign.yaml'));
    folder.link('ws/environ.yaml', '/proc/self/environ');
    for (const argv of [['prod.yaml'], ['--values', 'a.yaml', 'prod.yaml'], ['environ.yaml']]) {
      const found = await check(argv);
      assert.equal(found[0], '2');
      assert.match(found[1] ?? '', new RegExp(`^deploykf-values: (?:prod|environ)\\.yaml ${leadsOutside}$`));
    }
    const { code } = await run(['fix', 'prod.yaml']);
    assert.equal(code, 2);
    assert.equal(readFileSync(folder.path('foreign.yaml'), 'utf8'), foreign);
  });

  it('is not what lies in the same git work tree, but for what is of git itself', async () => {
    execFileSync('git', ['init', '-q', folder.path('tree')]);
    folder.write('tree/.git/config', foreign);
    folder.write('tree/shared/values.yaml', dex('2.40'));
    folder.write('tree/ws/.deploykf-values.yaml', stacks('../shared/values.yaml', '../.git/config'));
    assert.deepEqual(await check([], 'tree/ws'), [
      '1',
      `.deploykf-values.yaml:6:9 error stack-file-missing  Values file "../.git/config" of stack prod ${ofGit}`,
      '../shared/values.yaml:5:14 error image-tag-type  YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it',
    ]);
    folder.write('tree/.deploykf-values.yaml', stacks('.git/config', 'shared/values.yaml'));
    assert.equal((await check([], 'tree'))[1]?.includes(ofGit), true);
  });

  it('is what lies in a home folder that is kept in git', async () => {
    folder.folder('home/.git');
    folder.write('home/.config/values.yaml', foreign);
    folder.write('home/ws/a.yaml', dex('"1"'));
    folder.write('home/ws/.deploykf-values.yaml', stacks('../.config/values.yaml', 'a.yaml'));
    assert.equal((await check([], 'home/ws'))[1]?.includes(outside), true);
  });

  describe('in the server', () => {
    const about = (found: readonly string[]): readonly string[] =>
      found
        .filter(line => /stack-file-missing|image-tag-type|release-unknown/.test(line))
        .map(line => line.slice(line.indexOf(' ') + 1));

    /** Everything that the server has said. */
    const traffic = (own: LspClient): string =>
      JSON.stringify([own.published, own.logged, own.shown, own.registered]);

    it('is not read, and not told in any way', async () => {
      folder.write('fork/default_values.yaml', foreign);
      folder.link('ws/link.yaml', '../foreign.yaml');
      folder.link('ws/run.sh', '../foreign.yaml');
      const project = `${stacks('../foreign.yaml', 'link.yaml', '/proc/self/environ', 'a.yaml')}  - {name: fork, release: acme, values: [a.yaml]}\ngenerators: {acme: ../fork}\n`;
      folder.write('ws/.deploykf-values.yaml', project);
      const uri = folder.uri('ws/.deploykf-values.yaml');
      const own = (client = LspClient.spawn('env', [
        `SECRET=${secret}`,
        process.execPath,
        server.file,
        '--stdio',
      ]));
      await own.initialize({ folders: [folder.uri('ws')] });
      await own.open(uri, project);
      await own.open(folder.uri('ws/a.yaml'), dex('2.40'));
      const told = await own.diagnosticsWhere(uri, lines => about(lines).length === 4);
      assert.deepEqual(about(told), [
        `stack-file-missing: Values file "../foreign.yaml" of stack prod ${outside}`,
        `stack-file-missing: Values file "link.yaml" of stack prod ${leadsOutside}`,
        `stack-file-missing: Values file "/proc/self/environ" of stack prod ${outside}`,
        'release-unknown: The generator "../fork" of acme is outside of this folder and its git work tree and is not read: it does not contain a default_values.yaml with deployKF values, stack fork is not checked: expected the folder or .zip of a generator',
      ]);
      await own.diagnosticsWhere(folder.uri('ws/a.yaml'), lines => about(lines).length === 1);
      const hovers = await Promise.all(
        ['foreign.yaml', 'link.yaml', 'environ', 'fork'].map(text => own.hover(uri, text)),
      );
      const more = await own.at('textDocument/definition', uri, 'foreign.yaml');
      const effective = await own.hover(folder.uri('ws/a.yaml'), 'dex');
      assert.doesNotMatch(traffic(own) + JSON.stringify([hovers, more, effective]), new RegExp(secret));
    });

    it('is read as soon as its folder is opened, too, and no longer when it is shut', async () => {
      folder.write('other/b.yaml', dex('2.40'));
      const project = stacks('../other/b.yaml');
      folder.write('ws/.deploykf-values.yaml', project);
      const uri = folder.uri('ws/.deploykf-values.yaml');
      const own = (client = LspClient.spawn(process.execPath, [server.file, '--stdio']));
      await own.initialize({ folders: [folder.uri('ws')] });
      await own.open(uri, project);
      await own.diagnosticsWhere(uri, lines => about(lines).length === 1);
      const other = { uri: folder.uri('other'), name: 'other' };
      await own.notify('workspace/didChangeWorkspaceFolders', { event: { added: [other], removed: [] } });
      await own.diagnosticsWhere(uri, lines => about(lines).length === 0);
      await own.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [other] } });
      await own.diagnosticsWhere(uri, lines => about(lines).length === 1);
    });

    it('is not what lies in the same git work tree', async () => {
      folder.folder('.git');
      folder.write('shared/b.yaml', dex('9.9.9'));
      const app = application('- { name: values_files, array: [../shared/b.yaml, a.yaml] }');
      folder.write('ws/app.yaml', app);
      const own = (client = LspClient.spawn(process.execPath, [server.file, '--stdio']));
      await own.initialize({ folders: [folder.uri('ws')] });
      await own.open(folder.uri('ws/app.yaml'), app);
      const values = dex('9.9.9').replace('tag: 9.9.9', 'repository: r.example.com/dex');
      await own.open(folder.uri('ws/a.yaml'), values);
      await own.diagnosticsWhere(folder.uri('ws/app.yaml'), lines =>
        lines.some(line => line.includes('stack-source')),
      );
      assert.deepEqual(about(await own.diagnostics(folder.uri('ws/app.yaml'))), []);
      assert.match(
        JSON.stringify(await own.hover(folder.uri('ws/a.yaml'), 'dex')),
        /r\.example\.com\/dex:9\.9\.9/,
      );
    });

    it('is not asked of a client that reads for the server', async () => {
      const asked: string[] = [];
      const own = LspClient.inProcess({ files: 'none' });
      own.connection.onRequest('deploykf/readFile', ({ uri }: { readonly uri: string }) => {
        asked.push(uri);
        return { kind: 'text', text: foreign };
      });
      await own.initialize({ own: { readsFiles: true } });
      const project = stacks('../foreign.yaml', '.git/config', 'a.yaml');
      await own.open(`${root}/.deploykf-values.yaml`, project);
      const told = await own.diagnosticsWhere(
        `${root}/.deploykf-values.yaml`,
        lines => about(lines).length === 2,
      );
      assert.deepEqual(about(told), [
        `stack-file-missing: Values file "../foreign.yaml" of stack prod ${outside}`,
        `stack-file-missing: Values file ".git/config" of stack prod ${ofGit}`,
      ]);
      assert.deepEqual(asked, [`${root}/.deploykf-values.yaml`, `${root}/a.yaml`]);
      await own.stop();
    });
  });

  it('is asked for with the folders that are open', async () => {
    const bounds: (readonly string[])[] = [];
    class Files extends MemoryFiles {
      override read(uri: string, within: readonly string[] = []): ReturnType<MemoryFiles['read']> {
        bounds.push(within);
        return super.read(uri);
      }
    }
    const own = await LspClient.start({ files: new Files({ '.deploykf-values.yaml': stacks('b.yaml') }) });
    await own.open(`${root}/a.yaml`, dex('"1"'));
    await own.diagnostics(`${root}/a.yaml`);
    assert.deepEqual([...new Set(bounds.flat())], [root]);
    await own.stop();
  });
});
