// Secrets that an edit tore apart, and every text that is shown of their files. LEAKS=5000 tries more of them, SEED=1 others.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkFile } from '../../server/src/core/check/check.ts';
import { codeActions } from '../../server/src/core/features/codeActions.ts';
import { completion } from '../../server/src/core/features/completion.ts';
import { documentLinks } from '../../server/src/core/features/documentLinks.ts';
import { hover } from '../../server/src/core/features/hover.ts';
import { documentSymbols } from '../../server/src/core/features/symbols.ts';
import { printBaseline } from '../../server/src/core/report/baseline.ts';
import { githubText } from '../../server/src/core/report/githubText.ts';
import { gitlabJson } from '../../server/src/core/report/gitlabJson.ts';
import { junitXml } from '../../server/src/core/report/junitXml.ts';
import { sarifLog } from '../../server/src/core/report/sarif.ts';
import { checkJson } from '../../server/src/core/report/json.ts';
import { explain } from '../../server/src/core/report/explain.ts';
import { explainJson } from '../../server/src/core/report/explainJson.ts';
import { explainText } from '../../server/src/core/report/explainText.ts';
import { plainStyle } from '../../server/src/core/report/style.ts';
import { checkText } from '../../server/src/core/report/text.ts';
import type { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import type { CheckReport } from '../../server/src/core/report/types.ts';
import { virtualText } from '../../server/src/core/workspace/virtualDocuments.ts';
import { effectiveUri } from '../../server/src/core/workspace/virtualUris.ts';
import { withoutLogins } from '../../server/src/core/text/logins.ts';
import { visit } from '../../server/src/core/yaml/lookup.ts';
import { printPath } from '../../server/src/core/yaml/nodes.ts';
import { inWorkspace } from '../support/cli.ts';
import { LspClient, root } from '../support/lspClient.ts';
import {
  block,
  bodies,
  canary,
  credentials,
  encoded,
  head,
  inApplication,
  leakIn,
  manifest,
  rest,
  styles,
  tear,
  torn,
  typed,
  valuesText,
} from '../support/tornSecrets.ts';
import { snapshotOf } from '../support/views.ts';

/** The rules and their pages are always the same, and long. */
function sarifResults(report: CheckReport, snapshot: Snapshot): string {
  const log = sarifLog(report, { snapshot, pathOf: uri => uri, version: '1.0.0' });
  return JSON.stringify((log as { runs: { results: unknown }[] }).runs[0]?.results);
}

type Shown = Generator<readonly [what: string, text: string]>;

function* ofCheck(snapshot: Snapshot, uri: string): Shown {
  const file = snapshot.file(uri);
  if (file === undefined) return;
  const findings = checkFile(snapshot, uri);
  const report = { files: [{ path: 'values.yaml', file, findings }], checked: 1 };
  yield ['check', checkText(report, { style: plainStyle, quietBelow: undefined, fixes: [], left: [] })];
  yield ['check --format json', JSON.stringify(checkJson(report))];
  yield ['check --format sarif', sarifResults(report, snapshot)];
  yield ['check --format github', githubText(report)];
  yield ['check --format gitlab', JSON.stringify(gitlabJson(report))];
  yield ['check --format junit', junitXml(report, { fails: () => true })];
  yield [
    'check --update-baseline',
    printBaseline(report, [], {
      pathOf: ({ path }) => path,
      gone: new Set(),
      lookedFor: new Set(),
      partial: new Set(),
    }),
  ];
  yield ['related', JSON.stringify(findings.map(({ related, message }) => [related, message]))];
}

/** Every text that is shown of a file, by what shows it. */
function* shownTexts(snapshot: Snapshot, uri: string): Shown {
  const file = snapshot.file(uri);
  if (file === undefined) return;
  yield* ofCheck(snapshot, uri);
  const whole = { start: 0, end: file.text.length };
  yield [
    'code actions',
    codeActions(snapshot, uri, whole)
      .map(({ title, id }) => `${title} ${id}`)
      .join('\n'),
  ];
  yield ['links', JSON.stringify([documentLinks(snapshot, file), documentSymbols(snapshot, uri)])];
  for (let offset = 0; offset <= file.text.length; offset++)
    yield ['hover', hover(snapshot, uri, offset)?.markdown ?? ''];
  for (const start of file.source.lineStarts) {
    const indent = /^[ -]*/.exec(file.text.slice(start, start + 40))?.[0].length ?? 0;
    yield [
      'completion',
      JSON.stringify(
        completion(snapshot, { uri, offset: start + indent }).map(({ edit, ...item }) => [
          item,
          edit.newText,
        ]),
      ),
    ];
  }
  yield* ofStacks(snapshot, uri);
}

function* ofCheckAndMerge(snapshot: Snapshot, uri: string): Shown {
  yield* ofCheck(snapshot, uri);
  for (const plan of snapshot.plans)
    yield ['effective values', virtualText(snapshot, effectiveUri(plan.id, plan.name)) ?? ''];
}

function* ofStacks(snapshot: Snapshot, uri: string): Shown {
  for (const plan of snapshot.plans)
    yield ['effective values', virtualText(snapshot, effectiveUri(plan.id, plan.name)) ?? ''];
  const pathOf = (): string => 'values.yaml';
  for (const view of snapshot.viewsOf(uri)) {
    const paths = new Set(['a.b']);
    for (const { root } of view.stack.layers) visit(root, (_, path) => void paths.add(printPath(path())));
    for (const path of paths) {
      const explained = explain(view, path);
      if (explained.kind === 'unknown') yield [`explain ${path}`, explained.nearest.join(' ')];
      else {
        // The path is what the user typed.
        const { path: typed, ...json } = explainJson(view, explained.explanation, pathOf);
        yield [`explain --format json ${typed}`, JSON.stringify(json)];
        yield [
          `explain ${path}`,
          explainText(view, explained.explanation, { style: plainStyle, pathOf }).replaceAll(path, ''),
        ];
      }
    }
  }
}

function assertNothingShown(text: string, show = shownTexts): void {
  const { snapshot, uri } = snapshotOf([text]);
  for (const [what, shown] of show(snapshot, uri)) {
    const leak = leakIn(shown);
    if (leak !== undefined) assert.fail(`${what} shows the credential: ${leak}\n--- of\n${text}`);
  }
}

const numRuns = Number(process.env['LEAKS'] ?? 60);
const seed = Number(process.env['SEED'] ?? 7);

const commands = [
  ...['values.yaml', 'app.yaml'].flatMap(file => [
    ['check', file],
    ['check', file, '--quiet'],
    ['check', file, '--format', 'json'],
    ['fix', file, '--dry-run'],
    ['images', file],
    ['pull-secret', file, '--explain'],
    ...[
      'deploykf_core',
      'deploykf_dependencies',
      'deploykf_dependencies.kyverno.extraManifests',
      'deploykf_dependencies.kyverno.stringData',
      'deploykf_core.deploykf_auth.dex.staticPasswords[0].password.value',
    ].flatMap(path => [
      ['explain', path, file],
      ['explain', path, file, '--format', 'json'],
    ]),
  ]),
];

describe('A credential in a Secret', function () {
  this.timeout(Math.max(60_000, numRuns * 400));

  it('is shown nowhere while it is whole', () => {
    for (const [index, body] of bodies.entries()) {
      const style = styles[index % styles.length] ?? block;
      assertNothingShown(valuesText(style([...head, ...body]), rest[1] ?? []));
      assertNothingShown(valuesText(block([...head, ...body]), []), ofCheck);
    }
  });

  it('is in no finding, whatever is typed before, in and behind it', () => {
    const text = valuesText(block([...head, 'stringData:', `  "api": ${canary} # ${canary}`]), []);
    const places = new Set([...text.matchAll(credentials)].map(match => match.index));
    for (const place of places)
      for (const word of typed) assertNothingShown(text.slice(0, place) + word + text.slice(place), ofCheck);
  });

  it('is in no finding and no effective value, however its lines are indented', () => {
    for (const body of [['stringData:', `  api: ${canary}`]]) {
      const lines = valuesText(block([...head, ...body]), []).split('\n');
      const first = lines.findIndex(line => line.includes('extraManifests'));
      const last = lines.findLastIndex(line => line.includes('kubeflow_tools'));
      for (let at = first; at < last; at++)
        for (let indent = 0; indent < 16; indent++) {
          const line = `${' '.repeat(indent)}${lines[at]?.trimStart() ?? ''}`;
          assertNothingShown(lines.with(at, line).join('\n'), ofCheckAndMerge);
        }
    }
  });

  it('is shown nowhere when an edit tore its text apart', () =>
    fc.assert(
      fc.property(manifest, fc.array(tear, { minLength: 1, maxLength: 2 }), (text, tears) =>
        assertNothingShown(tears.reduce(torn, text)),
      ),
      { numRuns, seed },
    ));

  const tornTexts = [
    valuesText(block([...head, `stringData: {api: ${canary}`]), rest[1] ?? []),
    valuesText(block([...head, 'stringData:', `  api: *${canary}`, `  ${canary}`]), []),
    valuesText([...block(head), 'stringData:', `  api: ${canary}`, `${canary}: ${canary}`], rest[1] ?? []),
    valuesText([`- {kind: Secret, ${canary}, data: {a: ${encoded}}`], rest[1] ?? []),
  ];

  it('is in no output of the command line', async () => {
    for (const text of tornTexts) {
      await inWorkspace({ 'values.yaml': text, 'app.yaml': inApplication(text) }, async workspace => {
        const outputs = await Promise.all(
          commands.map(async words => {
            const { stdout, stderr } = await workspace.run(words);
            // A patch must apply, so it has the lines around each change.
            return words.includes('--dry-run') ? stderr : stdout + stderr;
          }),
        );
        assert.equal(leakIn(outputs.join('\n')), undefined);
      })();
    }
  });

  it('is in no message of the language server and in no line of its log', async () => {
    const client = await LspClient.start();
    try {
      for (const [index, text] of tornTexts.entries()) {
        const uri = `${root}/values-${index}.yaml`;
        await client.open(uri, text);
        await client.diagnostics(uri);
        const textDocument = { uri };
        const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
        const shown = [
          await client.codeActions(uri, 'images'),
          await client.request('textDocument/codeAction', {
            textDocument,
            range,
            context: { diagnostics: [] },
          }),
          await client.hover(uri, 'repository'),
        ];
        assert.equal(
          leakIn(JSON.stringify([shown, client.published, client.logged, client.shown])),
          undefined,
        );
      }
    } finally {
      await client.stop();
    }
  });
});

/** Ways to write a login into an image or an address. */
const logins = [
  `robot$x:${canary}@registry.example.com/x/y`,
  `u:${canary}@docker.io/x/y`,
  `u:${canary}@registry.example.com:5000/x/y`,
  `https://u:${canary}@registry.example.com/x/y`,
  `https://${canary}@registry.example.com/x/y`,
  `registry.example.com/x/y?token=${canary}`,
  `https://registry.example.com/x/y?a=b&access_token=${canary}&c=d`,
  `https://registry.example.com/x/y#access_token=${canary}`,
  `registry.example.com/x/y?t=1;password=${canary}`,
  `user:h@${canary}@registry.example.com/x`,
  `https://user:h@${canary}@registry.example.com/x`,
  `https://user:hun/${canary}@registry.example.com/x`,
  `user:hun'${canary}@registry.example.com/x`,
  `https://user:<${canary}@registry.example.com/x`,
  `user:hun ${canary}@registry.example.com/x`,
  `user%3A${canary}@registry.example.com/x`,
  `${canary}@registry.example.com/x`,
  `user:${canary}@[::1]:5000/x`,
  `https://u:${canary}@$HOST/x`,
  `u:${canary}@{{ host }}/x`,
  `//u:${canary}@harbor/x`,
  `http:/u:${canary}@registry.example.com/x`,
  `u:${canary}@münchen.example/x`,
  `user:12345/${canary}@registry.example.com/x`,
  `${canary}@harbor/x`,
  `u:${canary}%40registry.example.com/x`,
  `registry.example.com/x?jwt=${canary}`,
];

/** A login wherever an image, a chart's address or the section `auth` may be. */
function withLogin(login: string): string {
  return [
    'deploykf_dependencies:',
    '  istio:',
    '    charts:',
    `      istioBase: { repository: "${login}" }`,
    '    images:',
    '      istioPilot:',
    `        repository: ${JSON.stringify(login)}`,
    '        tag: "1.0"',
    '      istioProxy:',
    `        repository: "${login}:1.0"`,
    '      unknownImage:',
    `        repository: ${JSON.stringify(login)}`,
    'kubeflow_tools:',
    '  notebooks:',
    '    spawnerFormDefaults:',
    '      image:',
    `        value: ${JSON.stringify(`${login}:1`)}`,
    '        options:',
    `          - ${JSON.stringify(`${login}:1`)}`,
    `          - "${login}@sha256:0"`,
    '  pipelines:',
    `    auth: ${canary}`,
    '    mysql:',
    `      auth: "${canary}"`,
    '  katib:',
    '    mysql:',
    '      auth: |',
    `        ${canary}`,
    '',
  ].join('\n');
}

/** What a torn or misplaced edit makes of a name and password. */
const tornSections = [
  `    rootUser:\n      password ${canary}\n`,
  `    rootUser:\n      password${canary}\n`,
  `    rootUser: ${canary}\n`,
  `    rootUser: [admin, ${canary}]\n`,
  `    rootUser:\n      username: admin\n      ${canary}\n`,
  `    rootUser:\n      username: admin\n      pasword: ${canary}\n`,
  `    rootUser:\n      pass: ${canary}\n      pw: ${canary}\n`,
  `    rootUser:\n      password:\n        ${canary}: x\n`,
  `    x:\n      password ${canary}\n`,
  `    auth: [${canary}]\n`,
  `    mysql:\n      auth ${canary}\n`,
  `    rootUser:\n      credentials: {user: u, val: ${canary}}\n`,
  `    rootUser:\n      nested: {deep: {x: ${canary}}}\n      list: [${canary}, {name: ${canary}}]\n`,
  `    dex:\n      staticPasswords: ${canary}\n`,
  `    dex:\n      staticPasswords: [{email: a@b.com, passwrd: {value: ${canary}}}]\n`,
  `    dex:\n      connectors: [{config: ${canary}}]\n      clients: [${canary}]\n`,
  `    identity:\n      openid: ${canary}\n`,
];

describe('A password beside its key', () => {
  for (const text of tornSections) {
    it(`is shown nowhere: ${JSON.stringify(text.replaceAll(canary, '…').trim())}`, () =>
      assertNothingShown(`deploykf_opt:\n  deploykf_minio:\n${text}`));
  }

  it('is shown nowhere in place of a section', () => {
    assertNothingShown(`deploykf_opt:\n  deploykf_minio: ${canary}\n`);
    assertNothingShown(`deploykf_opt: ${canary}\nkubeflow_tools: {}\n`);
  });
});

describe('What is no credential', () => {
  it('is the name of a section in a message, although what stands in its place is hidden', () => {
    const { snapshot, uri } = snapshotOf(['deploykf_opt:\n  deploykf_mysql: hunterpass\n']);
    const messages = checkFile(snapshot, uri).map(({ message }) => message);
    assert.ok(
      messages.includes('"deploykf_opt.deploykf_mysql" must be a map, not a string: generation fails'),
    );
  });
});

describe('A login that is part of an image or an address', function () {
  this.timeout(60_000);

  for (const login of logins) {
    it(`is shown nowhere: ${login.replace(canary, '…')}`, () => assertNothingShown(withLogin(login)));
  }

  it(
    'is in no output of the command line',
    inWorkspace({}, async workspace => {
      const paths = [
        'deploykf_dependencies.istio.images.istioPilot',
        'deploykf_dependencies.istio.charts',
        'kubeflow_tools.notebooks.spawnerFormDefaults.image',
        'kubeflow_tools.notebooks.spawnerFormDefaults.image.value',
        'kubeflow_tools.pipelines.auth',
        'kubeflow_tools.katib',
      ];
      for (const login of logins) {
        workspace.write('values.yaml', withLogin(login));
        for (const words of [['check'], ['images'], ...paths.map(path => ['explain', path])])
          for (const format of ['text', 'json']) {
            const { stdout, stderr } = await workspace.run([...words, 'values.yaml', '--format', format]);
            assert.equal(leakIn(stdout + stderr), undefined, words.join(' '));
          }
      }
    }),
  );

  it('leaves images and addresses alone that hold none', () => {
    for (const text of [
      'docker.io/istio/pilot:1.17.8@sha256:0123456789abcdef',
      'x:1@sha256',
      'localhost:5000/x:1',
      'a:1@s:f',
      'mailto admin@example.com, user@example.com',
      'ssh://git@github.com/deployKF/deployKF',
      'https://example.com/x?ref=main&page=2',
      'see https://example.com/a@b',
      'https://example.com:8080/charts/a@b.c/d',
      'git@github.com:deployKF/deployKF.git',
    ])
      assert.equal(withoutLogins(text), text);
  });

  it(
    'is in no output that git has in the address of a remote',
    inWorkspace(
      {
        '.git/config': '[remote "origin"]\n\turl = https://user:ghp_hunter2@example.com/acme/ops.git\n',
        'app.yaml':
          'kind: Application\nspec:\n  source:\n    repoURL: https://example.com/acme/other.git\n    plugin:\n' +
          '      name: deploykf\n      parameters: [{ name: values_files, array: [gone.yaml] }]\n',
      },
      async workspace => {
        for (const words of [['check'], ['check', '--format', 'json'], ['images'], ['explain', 'argocd']]) {
          const { stdout, stderr } = await workspace.run(words);
          assert.doesNotMatch(stdout + stderr, /hunter2|user:/, words.join(' '));
        }
      },
    ),
  );
});
