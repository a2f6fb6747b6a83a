import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { findProgram } from '../../client/src/findProgram.node.ts';
import { inWorkspace } from '../support/cli.ts';

const [matcher] = manifest.contributes.problemMatchers;
const regexp = new RegExp(matcher?.pattern.regexp ?? '');

/** What the JSON of `check` has of a finding. */
interface FindingJson extends Pick<Finding, 'file' | 'severity' | 'code'> {
  /** Counted from 0. */
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
}

/** What the problem matcher makes of an output, line by line as VS Code reads it. */
function matched(output: string): readonly Finding[] {
  return output.split(/\r?\n/).flatMap(text => {
    const [whole, file = '', line, column, severity = '', code = '', message = ''] = regexp.exec(text) ?? [];
    if (whole === undefined) return [];
    return { file, line: Number(line), column: Number(column), severity, code, message };
  });
}

const values = [
  'deploykf_core:',
  '  deploykf_auth:',
  '    images:',
  '      dex:',
  '        tag: 2.40 # x:1:2 error image-public  not a finding',
  'kubeflow_tools:',
  '  pipelines:',
  '    images:',
  '      kfpApiSever: {}',
  '',
].join('\n');

describe('the problem matcher', () => {
  it(
    'finds what check prints, each once, and nothing else',
    inWorkspace({ 'a b/prod:1.yaml': values, 'values.yaml': values }, async workspace => {
      const { stdout } = await workspace.run(['check']);
      const json = (await workspace.json(['check'])) as { readonly findings: readonly FindingJson[] };
      const wanted = json.findings.map(({ file, range: { start }, severity, code }) =>
        [file, start.line + 1, start.character + 1, severity, code].join(' '),
      );
      const found = matched(stdout);
      assert.deepEqual(
        found.map(({ file, line, column, severity, code }) => [file, line, column, severity, code].join(' ')),
        wanted,
      );
      assert.ok(found.some(({ severity }) => severity === 'error') && found.length > 5);
      assert.ok(found.every(({ message }) => /^\S.*\S$/.test(message)));
    }),
  );

  it('knows paths of Windows', () =>
    assert.deepEqual(matched('C:\\ws\\my values\\prod.yaml:8:21 warning image-public  "a/b" is public\r\n'), [
      {
        file: 'C:\\ws\\my values\\prod.yaml',
        line: 8,
        column: 21,
        severity: 'warning',
        code: 'image-public',
        message: '"a/b" is public',
      },
    ]));
});

describe('the program of the task', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'deploykf-values-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (path: string, mode = 0o755): string => {
    const file = join(folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, mode);
    return file;
  };
  const find = (folders: readonly string[], isWindows = false): Promise<string | undefined> =>
    findProgram('deploykf-values', {
      path: folders.join(delimiter),
      isWindows,
      excluded: [join(folder, 'ws')],
    });

  it('is the first of PATH that can be run, and never one of the workspace or of a relative folder', async () => {
    put('ws/node_modules/.bin/deploykf-values');
    put('ws/deploykf-values');
    put('data/deploykf-values', 0o644);
    mkdirSync(join(folder, 'folder/deploykf-values'), { recursive: true });
    const own = put('ws-tools/deploykf-values');
    const others = ['ws/node_modules/.bin', 'ws', 'data', 'folder', 'none'].map(name => join(folder, name));
    assert.equal(await find([...others, '', '.', 'ws', join(folder, 'ws-tools')]), own);
    assert.equal(await find([...others, '', '.']), undefined);
  });

  it('has an ending on Windows', async () => {
    put('bin/deploykf-values');
    const own = put('bin/deploykf-values.cmd');
    assert.equal(await find([join(folder, 'bin')], true), own);
  });
});
