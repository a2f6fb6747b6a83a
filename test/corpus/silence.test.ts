import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile } from '../../server/src/core/check/check.ts';
import { parsePolicy } from '../../server/src/core/policy/parse.ts';
import { noSettings } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import type { StackPlan } from '../../server/src/core/stack/plan.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { sharedFile } from '../support/shared.ts';
import { catalogs } from '../support/views.ts';

const root = 'file:///ws/';
const { policy } = parsePolicy({ rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] });

/** What is said about files of a workspace, one line a finding. Without `given`, the stacks are found. */
function findings(texts: ReadonlyMap<string, string>, given?: StackPlan): readonly string[] {
  const files = new Map([...texts].map(([name, text]) => [root + name, new ValuesFile(root + name, text)]));
  const settings = given === undefined ? { ...noSettings, policy } : noSettings;
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings, project: undefined }],
    files,
    ...(given === undefined ? {} : { given: [given] }),
  });
  return [...files].flatMap(([uri, file]) =>
    checkFile(snapshot, uri)
      .filter(({ severity }) => given === undefined || severity === 'error' || severity === 'warning')
      .map(({ span, code, message }) => {
        const line = file.source.positionAt(span.start).line + 1;
        return `${uri.slice(root.length)}:${line} ${code}: ${message}`;
      }),
  );
}

const directory = join(import.meta.dirname, 'other');

describe('YAML that is not deployKF', () => {
  for (const name of readdirSync(directory)) {
    it(`gets no word: ${name}`, () =>
      assert.deepEqual(findings(new Map([[name, readFileSync(join(directory, name), 'utf8')]])), []));
  }

  const odd: readonly (readonly [string, string])[] = [
    ['empty', ''],
    ['only comments', '# deploykf_core:\n---\n# kubeflow_tools: {}\n'],
    ['null', '~\n'],
    ['a byte order mark', '\uFEFF'],
    ['bytes', 'kubeflow_\0\u0001\uFFFD\uD800{[&*!|>%@`\t:\n- \u0007deploykf_\0: \0'],
    ['a deep flow list', `deploykf_: ${'['.repeat(2000)}`],
    ['aliases of aliases', `a: &a [deploykf_]\n${'b: &b [*a, *a, *a]\n'.repeat(30)}`],
  ];
  for (const [name, text] of odd) {
    it(`gets no word: ${name}`, () => assert.deepEqual(findings(new Map([['odd.yaml', text]])), []));
  }
});

const expectedPath = join(import.meta.dirname, 'upstream.txt');
const names = ['default_values.yaml', 'sample-values.yaml', 'sample-values-overrides.yaml'];

function upstreamFindings(release: string): readonly string[] {
  const texts = names.flatMap((name): [string, string][] => {
    const text = sharedFile(`deploykf/${release}/${name}`);
    return text === undefined ? [] : [[name, text]];
  });
  const stacks = [...texts.map(entry => [entry]), ...(texts.length > 2 ? [texts.slice(1)] : [])];
  return stacks.flatMap(stack => {
    const uris = stack.map(([name]) => root + name);
    const plan: StackPlan = { id: 'given', name: '', kind: 'given', release, uris, folder: root };
    return [`# ${release}: ${stack.map(([name]) => name).join(' + ')}`, ...findings(new Map(stack), plan), ''];
  });
}

describe("upstream's own files, without a policy", () => {
  it('are right but for what is really gone', function () {
    if (sharedFile('deploykf/0.1.5/default_values.yaml') === undefined) return this.skip();
    const actual = catalogs.releases.flatMap(upstreamFindings).join('\n');
    if (process.env['UPDATE'] === '1') writeFileSync(expectedPath, actual);
    assert.equal(actual, readFileSync(expectedPath, 'utf8'));
    const other = actual.split('\n').filter(line => line !== '' && !/^#|^\S+ (?:chart|image)-retired: /.test(line));
    // Upstream has this empty section a level too high.
    assert.deepEqual(
      other.filter(line => !/^sample-values-overrides\.yaml:\d+ value-unknown: .*"profileResourceGeneration"/.test(line)),
      [],
    );
  });
});
