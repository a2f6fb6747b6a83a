import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkFile } from '../../server/src/core/check/check.ts';
import type { StackFinding } from '../../server/src/core/findings/finding.ts';
import { parsePolicy } from '../../server/src/core/policy/parse.ts';
import { secretsIn } from '../../server/src/core/secrets/secretsInFile.ts';
import { changesToFileEdits } from '../../server/src/core/fixes/edits.ts';
import type { Fix } from '../../server/src/core/findings/finding.ts';
import { noSettings, type Settings } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import type { StackPlan } from '../../server/src/core/stack/plan.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import type { Value } from '../../server/src/core/yaml/value.ts';
import { catalogs } from './views.ts';

export interface FixtureOptions {
  readonly release?: string;
  /** The `registry:` section of a project file. */
  readonly registry?: Value;
  /** Find the stacks as a workspace does, instead of taking the files as the layers of one. */
  readonly discover?: boolean;
  /** Names of files that were looked for and are not there. */
  readonly missing?: readonly string[];
  /** Other YAML files of the workspace, which are looked into for pull secrets; without it, nobody looked. */
  readonly workspace?: Readonly<Record<string, string>>;
  /** Only findings of these codes count; without it, all do. */
  readonly codes?: readonly string[];
}

const root = 'file:///ws/';
const marker = /^\s*~ +(\^+) (.*)$/;
const fileMarker = /^\s*~ file: (.*)$/;

interface FixtureFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Checks YAML whose expected findings stand below their lines: `~ ^^^ code: message`, the carets under the finding.
 * `~ file: prod.yaml` starts the next layer of the stack. A surplus finding fails like a missing one. With `UPDATE=1` the
 * markers in the test's source are rewritten to what was found.
 */
export function check(fixture: string, options: FixtureOptions = {}): void {
  const files = parse(fixture);
  const snapshot = snapshotOf(files, options);
  const found = files.map(file => ({ ...file, findings: findingsOf(snapshot, file.name, options) }));
  const actual = withNames(found.map(file => ({ name: file.name, text: print(file.text, file.findings) })));
  const expected = dedent(fixture);
  if (actual !== expected && process.env['UPDATE'] === '1') update(fixture, actual);
  else assert.equal(actual, expected);
}

/**
 * Applies fixes of the findings with these codes and compares the whole text of the last layer (or of `file`). Then the
 * text must parse, the fixed findings must be gone, and the same fixes must change nothing more.
 */
export function fix(
  before: string,
  after: string,
  options: FixtureOptions & { readonly title?: RegExp; readonly file?: string } = {},
): void {
  const files = parse(before);
  const name = options.file ?? files.at(-1)?.name ?? '';
  const once = applyFixes(checked(files, options), options);
  assert.equal(once.find(file => file.name === name)?.text, parse(after).at(-1)?.text);
  const again = checked(once, options);
  for (const file of once)
    assert.deepEqual(again.snapshot.file(root + file.name)?.yaml.problems, [], 'the text parses');
  assert.deepEqual(applyFixes(again, options), once, 'a second time changes nothing');
  const fixable = again.findings.filter(finding =>
    finding.fixes.some(candidate => isChosen(candidate, options)),
  );
  assert.deepEqual(
    fixable.map(finding => finding.message),
    [],
    'the findings are gone',
  );
}

/** The titles of all fixes, in the order of the findings. */
export function fixTitles(fixture: string, options: FixtureOptions = {}): readonly string[] {
  return checked(parse(fixture), options).findings.flatMap(finding =>
    finding.fixes.map(({ title }) => title),
  );
}

/** The messages of all findings, in their order: for texts that are put together. */
export function messages(fixture: string, options: FixtureOptions = {}): readonly string[] {
  return checked(parse(fixture), options).findings.map(({ message }) => message);
}

/** A text without the indentation that all its lines share, and without the first and last line break. */
export function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ ]*$/, '\n')
    .split('\n');
  const indents = lines
    .filter(line => line.trim() !== '' && !/^\s*~ /.test(line))
    .map(line => line.length - line.trimStart().length);
  const margin = Math.min(...indents, Infinity);
  return lines
    .map(line =>
      /^\s*~ /.test(line) ? shiftMarker(line, margin) : line.slice(Math.min(margin, line.length)),
    )
    .join('\n');
}

/** Markers keep the column of their carets; the `~` may stand in the margin that is cut off. */
function shiftMarker(line: string, margin: number): string {
  const match = marker.exec(line);
  if (match === null) return line.trim();
  return printMarker(line.indexOf('^') - margin, match[1]?.length ?? 1, match[2] ?? '');
}

function printMarker(column: number, length: number, text: string): string {
  return `~@${column} ${'^'.repeat(length)} ${text}`;
}

const fileMarkerLine = '~ file: ';

function withNames(files: readonly FixtureFile[]): string {
  return files
    .map(
      (file, index) =>
        (index === 0 && file.name === 'values.yaml' ? '' : `${fileMarkerLine}${file.name}\n`) + file.text,
    )
    .join('');
}

function parse(fixture: string): readonly FixtureFile[] {
  const files: { name: string; lines: string[] }[] = [{ name: 'values.yaml', lines: [] }];
  for (const line of dedent(fixture).split('\n')) {
    const name = fileMarker.exec(line)?.[1];
    if (name !== undefined) {
      if (files.length === 1 && files[0]?.lines.length === 0) files.pop();
      files.push({ name, lines: [] });
    } else if (!line.startsWith('~@')) files.at(-1)?.lines.push(line);
  }
  return files.map(({ name, lines }, index) => ({
    name,
    text: lines.join('\n') + (index < files.length - 1 ? '\n' : ''),
  }));
}

function snapshotOf(
  files: readonly FixtureFile[],
  { release, registry, discover, missing = [], workspace }: FixtureOptions,
): Snapshot {
  const policy = registry === undefined ? undefined : parsePolicy(registry).policy;
  const settings: Settings = { ...noSettings, policy };
  const uris = files.map(file => root + file.name);
  const plan: StackPlan = { id: 'fixture', name: '', kind: 'given', release, uris, folder: root };
  return Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings, project: undefined }],
    files: new Map(files.map(file => [root + file.name, new ValuesFile(root + file.name, file.text)])),
    missing: new Set(missing.map(name => root + name)),
    ...(discover === true ? {} : { given: [plan] }),
    ...(workspace && {
      secrets: Object.entries(workspace).flatMap(([name, text]) => secretsIn(root + name, dedent(text))),
    }),
  });
}

function findingsOf(snapshot: Snapshot, name: string, { codes }: FixtureOptions): readonly StackFinding[] {
  return checkFile(snapshot, root + name).filter(
    finding => codes === undefined || codes.includes(finding.code),
  );
}

function isChosen(candidate: Fix, { title }: { readonly title?: RegExp }): boolean {
  return title === undefined ? candidate.applies === 'all' : title.test(candidate.title);
}

interface Checked {
  readonly files: readonly FixtureFile[];
  readonly snapshot: Snapshot;
  readonly findings: readonly StackFinding[];
}

function checked(files: readonly FixtureFile[], options: FixtureOptions): Checked {
  const snapshot = snapshotOf(files, options);
  return { files, snapshot, findings: files.flatMap(file => findingsOf(snapshot, file.name, options)) };
}

function applyFixes(
  { files, snapshot, findings }: Checked,
  options: { readonly title?: RegExp },
): readonly FixtureFile[] {
  const changes = findings.flatMap(finding =>
    finding.fixes.filter(candidate => isChosen(candidate, options)).flatMap(candidate => candidate.changes()),
  );
  const edits = changesToFileEdits(snapshot, changes);
  return files.map(file => {
    const own = edits.find(edit => edit.uri === root + file.name)?.edits ?? [];
    const text = applyEdits(file.text, own);
    assert.notEqual(text, undefined, 'edits do not overlap');
    return { name: file.name, text: text ?? '' };
  });
}

function print(text: string, findings: readonly StackFinding[]): string {
  const file = new ValuesFile('file:///print.yaml', text);
  const lines = text.split('\n');
  const below = new Map<number, string[]>();
  for (const { span, code, message } of findings) {
    const start = file.source.positionAt(span.start);
    const end = Math.min(span.end, file.source.lineEnd(start.line));
    const markers = below.get(start.line) ?? [];
    markers.push(printMarker(start.character, Math.max(1, end - span.start), `${code}: ${message}`));
    below.set(start.line, markers);
  }
  return lines.flatMap((line, index) => [line, ...(below.get(index) ?? [])]).join('\n');
}

/** Writes the actual markers into the test's source file. */
function update(fixture: string, actual: string): void {
  const path = callerPath();
  const source = readFileSync(path, 'utf8');
  const margin = /\n( *)\S/.exec(fixture)?.[1] ?? '';
  const lines = actual.split('\n').map(line => {
    const match = /^~@(\d+) (.*)$/.exec(line);
    if (match === null) return line === '' || line.startsWith('~') ? line && margin + line : margin + line;
    const column = margin.length + Number(match[1]);
    return `${' '.repeat(Math.max(0, column - 2))}~ ${match[2]}`;
  });
  const closing = /\n( *)$/.exec(fixture)?.[1] ?? '';
  const text = `\n${lines.join('\n').replace(/\n$/, '')}\n${closing}`;
  writeFileSync(
    path,
    source.replace(escaped(fixture), () => escaped(text)),
  );
}

/** A text as it stands inside a template literal. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
}

function callerPath(): string {
  const frames = (new Error().stack ?? '').split('\n').filter(line => line.includes('.test.ts'));
  const match = /(file:\/\/[^):]+|\/[^):]+\.test\.ts)/.exec(frames[0] ?? '');
  const path = match?.[1] ?? '';
  return path.startsWith('file:') ? fileURLToPath(path) : path;
}
