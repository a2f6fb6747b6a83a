import assert from 'node:assert/strict';
import type { StackFinding } from '../../../server/src/core/findings/finding.ts';
import {
  newFindings,
  printBaseline,
  readBaseline,
  type BaselineFiles,
} from '../../../server/src/core/report/baseline.ts';
import type { CheckReport, FileFindings } from '../../../server/src/core/report/types.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';

const file = new ValuesFile('file:///ws/a.yaml', 'a: 1\nb: 1\n');

/** A file with findings at these value paths. */
function of(path: string, ...paths: readonly string[]): FileFindings {
  const findings = paths.map((about): StackFinding => ({
    code: 'value-unknown',
    severity: 'warning',
    message: `No "${about}"`,
    uri: file.uri,
    span: { start: 0, end: 1 },
    fixes: [],
    stacks: [],
    path: about,
  }));
  return { path, file, findings };
}

/** A file with one finding about images. */
function about(path: string, ...images: readonly string[]): FileFindings {
  const { findings, ...rest } = of(path, 'x');
  return { ...rest, findings: findings.map(finding => ({ ...finding, images })) };
}

function report(...files: readonly FileFindings[]): CheckReport {
  return { files, checked: files.length };
}

/** `gone`: the files that are not there any more where all others are looked at. */
const files = (...gone: readonly string[]): BaselineFiles => ({
  pathOf: ({ path }) => path,
  gone: new Set(gone),
  lookedFor: new Set(gone),
  partial: new Set(),
});

/** The paths of what is new, then of what is stale. */
function compare(now: CheckReport, before: CheckReport, ...gone: readonly string[]): readonly unknown[] {
  const entries = readBaseline(printBaseline(before, [], files()));
  assert.ok(entries !== undefined);
  const { report: fresh, accepted, stale } = newFindings(now, entries, files(...gone));
  return [
    fresh.files.flatMap(each => each.findings.map(({ path }) => `${each.path} ${path ?? ''}`)),
    accepted,
    stale.map(entry => `${entry.count} ${entry.file} ${entry.about}`),
  ];
}

describe('newFindings', () => {
  it('knows each finding as often as it was there', () =>
    assert.deepEqual(compare(report(of('a', 'x', 'x', 'x', 'y')), report(of('a', 'x', 'x', 'z'))), [
      ['a x', 'a y'],
      2,
      ['1 a z'],
    ]));

  it('hears of one image more, and of none less', () => {
    const before = report(about('a', 'docker.io/a/b:v1', 'docker.io/a/c:v1'));
    assert.deepEqual(compare(report(about('a', 'docker.io/a/c:v2')), before), [[], 1, []]);
    const more = report(about('a', 'docker.io/a/b:v1', 'docker.io/a/c:v1', 'docker.io/a/d:v1'));
    assert.deepEqual(compare(more, before), [['a x'], 0, ['1 a x']]);
    assert.deepEqual(compare(more, report(of('a', 'x'))), [[], 1, []], 'an older baseline names none');
    const twice = report(about('a', 'docker.io/a/b:v1', 'docker.io/a/b:v1'));
    assert.deepEqual(compare(twice, report(about('a', 'docker.io/a/b:v1'))), [['a x'], 0, ['1 a x']]);
    assert.deepEqual(compare(twice, twice), [[], 1, []]);
  });

  it('knows a renamed file, and no other one', () => {
    const before = report(of('a', 'x'), of('b', 'x'));
    assert.deepEqual(compare(report(of('c', 'x'), of('b', 'x')), before, 'a'), [[], 2, []]);
    assert.deepEqual(compare(report(of('c', 'x'), of('b', 'x')), before), [['c x'], 1, []]);
    assert.deepEqual(compare(report(of('a'), of('b', 'x', 'x')), before), [['b x'], 1, ['1 a x']]);
  });
});

describe('printBaseline', () => {
  it('is the same in any order, and keeps what was not looked at', () => {
    const text = printBaseline(report(of('b', 'y', 'x'), of('a', 'x')), [], files());
    assert.equal(printBaseline(report(of('a', 'x'), of('b', 'x', 'y')), [], files()), text);
    const entries = readBaseline(text) ?? [];
    assert.equal(printBaseline(report(of('a', 'x')), entries, files()), text);
    assert.deepEqual(
      readBaseline(printBaseline(report(of('a')), entries, files('b'))),
      [],
      'a file that is gone is taken out',
    );
  });
});

describe('A file that is gone, while others are not looked at', () => {
  const before = readBaseline(printBaseline(report(of('a', 'x', 'y')), [], files())) ?? [];
  const part = { ...files('a'), lookedFor: new Set<string>() };

  it('may be one of those: nothing of it is stale', () =>
    assert.deepEqual(newFindings(report(of('b')), before, part).stale, []));

  it('is known where it is looked at under its new name', () =>
    assert.equal(newFindings(report(of('c', 'x')), before, part).accepted, 1));

  it('stays in the baseline but for what has moved', () => {
    const after = readBaseline(printBaseline(report(of('c', 'x')), before, part)) ?? [];
    assert.deepEqual(
      after.map(({ file: path, about: at }) => [path, at]),
      [
        ['a', 'y'],
        ['c', 'x'],
      ],
    );
  });
});

describe('readBaseline', () => {
  it('takes nothing else', () => {
    const entry = '{"fingerprint":"f","code":"c","file":"a","about":"x","count":1}';
    assert.equal(readBaseline(`{"schema":1,"findings":[${entry}]}`)?.length, 1);
    const others = [
      '',
      '{',
      '[]',
      'deploykf_core: {}',
      '{"schema":2,"findings":[]}',
      '{"schema":1,"findings":{}}',
      `{"schema":1,"findings":[${entry.replace('1}', '0}')}]}`,
      `{"schema":1,"findings":[${entry.replace('"x"', '1')}]}`,
      `{"schema":1,"findings":[${entry.replace('}', ',"images":"x"}')}]}`,
      `<<<<<<< ours\n{"schema":1,"findings":[]}\n`,
    ];
    assert.deepEqual(
      others.filter(text => readBaseline(text) !== undefined),
      [],
    );
  });
});
