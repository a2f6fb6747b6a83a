import assert from 'node:assert/strict';
import { marked, type Token } from 'marked';
import { codeActions } from '../../server/src/core/features/codeActions.ts';
import { completion } from '../../server/src/core/features/completion.ts';
import { hover } from '../../server/src/core/features/hover.ts';
import { code, plain } from '../../server/src/core/features/markdown.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { formatPair } from '../../server/src/core/yaml/format.ts';
import { readProject } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { LspClient, MemoryFiles, root } from '../support/lspClient.ts';
import { catalogs } from '../support/views.ts';

/** What a workspace may hold to be taken for markup. */
const nasty = [
  '![x](https://evil.example/x.png)',
  '[x](https://evil.example)',
  '[x](command:workbench.action.quit)',
  '<img src="https://evil.example/x.png">',
  '<script>alert(1)</script>',
  'https://evil.example/x',
  'www.evil.example',
  'me@evil.example',
  '`code` *bold* _it_ ~~no~~',
  '```\n![x](https://evil.example/x.png)\n```',
  '# heading\n\n---\n\n| a | b |\n|---|---|',
  '&lt;img src=x&gt;',
  '$(alert) ${x}',
  'a\u202Eb\u2066c\u200Bd',
  'a\u001B[31mb\u0007\u009B',
  '\\](https://evil.example)',
  'x'.repeat(5000),
];

const unprintable =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069]/;

/** The tokens that show something from elsewhere, or lead there. */
function foreign(markdown: string): readonly string[] {
  const found: string[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    const isOurs =
      token.type === 'link' &&
      /^(?:file:\/\/\/ws\/|https:\/\/(?:github\.com|hub\.docker\.com|blog\.|kubernetes\.io|istio\.io|registry\.k8s\.io))/.test(
        String(token['href']),
      );
    if (['image', 'html', 'heading', 'table', 'hr'].includes(token.type) && token.raw.trim() !== '---')
      found.push(token.raw);
    if (token.type === 'link' && !isOurs) found.push(token.raw);
  });
  return found;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A workspace in which everything that can have a name has a nasty one. */
function worldOf(text: string): { readonly snapshot: Snapshot; readonly uri: string } {
  const name = encodeURIComponent(text.slice(0, 100));
  const uri = `file:///ws/${name}.yaml`;
  const values = [
    `deploykf_core:`,
    `  deploykf_auth:`,
    `    images:`,
    `      dex: { repository: ${quoted(text)}, tag: ${quoted(text)}, pullPolicy: ${quoted(text)} }`,
    `      ${quoted(text)}: { tag: ${quoted(text)} }`,
    `deploykf_dependencies:`,
    `  kyverno:`,
    `    namespace: ${quoted(text)}`,
    `    clusterPolicies:`,
    `      imagePullSecrets:`,
    `        enabled: true`,
    `        excludeNamespaces: [${quoted(text)}, "*"]`,
    `        registryCredentials: [{ existingSecret: ${quoted(text)}, existingSecretNamespace: ${quoted(text)} }, ${quoted(text)}]`,
    `  istio:`,
    `    charts: { istioDaemon: { version: ${quoted(text)} } }`,
    `kubeflow_tools:`,
    `  ${quoted(text)}: 1`,
    `  notebooks: { enabled: ${quoted(text)}, spawnerFormDefaults: { image: { value: ${quoted(text)}, options: [${quoted(text)}] } } }`,
    '',
  ].join('\n');
  const project = new ValuesFile(
    'file:///ws/.deploykf-values.yaml',
    [
      `stacks: [{ name: ${quoted(text)}, values: [${quoted(`${text.slice(0, 100)}.yaml`)}] }]`,
      `registry:`,
      `  rules: [{ source: "*", target: "registry.example.com/{registry}/{path}" }]`,
      `  private: [${quoted(text)}]`,
      `rules: { ${quoted(text)}: ${quoted(text)} }`,
      '',
    ].join('\n'),
  );
  const read = readProject(project, { releases: catalogs.releases, codes: [] });
  const file = new ValuesFile(uri, values);
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings: read.settings, project: read }],
    files: new Map([[uri, file]]),
    secrets: [],
  });
  return { snapshot, uri };
}

describe('What the workspace writes is not taken for markup', () => {
  for (const text of nasty) {
    const title = JSON.stringify(text.slice(0, 40));

    it(`as a text or code: ${title}`, () => {
      for (const { text: markdown } of [plain(text), code(text)]) {
        assert.deepEqual(foreign(markdown), []);
        assert.doesNotMatch(markdown, unprintable);
      }
    });

    it(`in hovers, completions and actions: ${title}`, () => {
      const { snapshot, uri } = worldOf(text);
      const values = snapshot.file(uri)?.text ?? '';
      let count = 0;
      for (
        let offset = 0;
        offset < values.length && count < 200;
        offset += Math.max(3, Math.floor(values.length / 400))
      ) {
        const markdown = hover(snapshot, uri, offset)?.markdown ?? '';
        if (markdown !== '') count++;
        assert.deepEqual(foreign(markdown), [], `hover at ${offset}`);
        assert.doesNotMatch(markdown, unprintable);
      }
      assert.ok(count > 5, `only ${count} hovers`);
      for (const offset of [0, 20, values.indexOf('kubeflow_tools'), values.length]) {
        for (const { more = '' } of completion(snapshot, { uri, offset, isTyping: false })) {
          assert.deepEqual(foreign(more), []);
        }
      }
      for (const action of codeActions(snapshot, uri, { start: 0, end: values.length }))
        assert.ok(action.title.length > 0);
    });

    it(`in what the server sends: ${title}`, async () => {
      const { snapshot, uri } = worldOf(text);
      const project = `${root}/.deploykf-values.yaml`;
      const projectText = snapshot.folderOf(uri)?.project?.file.text ?? '';
      let sent = '';
      const client = LspClient.inProcess({
        files: new MemoryFiles({ '.deploykf-values.yaml': projectText }),
        onTraffic: chunk => void (sent += chunk),
      });
      try {
        await client.initialize({ folders: [root] });
        await client.open(project, projectText);
        await client.diagnostics(project);
        const file = `${root}/values.yaml`;
        await client.open(file, snapshot.file(uri)?.text ?? '');
        await client.diagnostics(file);
        const shown = [
          ...client.published.flatMap(({ diagnostics }) => diagnostics.map(({ message }) => String(message))),
          ...client.logged,
        ];
        assert.ok(shown.length > 3);
        for (const message of shown) {
          assert.doesNotMatch(message, unprintable);
          assert.ok(message.length <= 1100, `${message.length} characters`);
        }
        assert.ok(sent.length > 0);
      } finally {
        await client.stop();
      }
    });

    it(`nor for YAML, where we write it: ${title}`, () => {
      for (const key of [text, `a: ${text}`, `- ${text}`, `${text} # x`]) {
        // A key can have no more than 1024 characters.
        const written = formatPair('key', { [key.slice(0, 500)]: text, list: [text] }, 2).join('\n');
        const file = new ValuesFile('file:///a.yaml', `${written}\n`);
        assert.deepEqual(file.yaml.problems, []);
      }
    });
  }
});
