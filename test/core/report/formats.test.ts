import assert from 'node:assert/strict';
import type { Change, Severity, StackFinding } from '../../../server/src/core/findings/finding.ts';
import { fingerprintOf, numberedFingerprints } from '../../../server/src/core/report/fingerprint.ts';
import { githubText } from '../../../server/src/core/report/githubText.ts';
import { gitlabJson } from '../../../server/src/core/report/gitlabJson.ts';
import { junitXml } from '../../../server/src/core/report/junitXml.ts';
import { sarifLog } from '../../../server/src/core/report/sarif.ts';
import { sarifText } from '../../../server/src/core/report/sarifRule.ts';
import type { CheckReport } from '../../../server/src/core/report/types.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { catalogs } from '../../support/views.ts';

const text = 'a: one\nb: two\nb: two\n';
const file = new ValuesFile('file:///ws/a.yaml', text);

function finding(severity: Severity, start: number, message: string, own: object = {}): StackFinding {
  return {
    code: `${severity}-code`,
    severity,
    message,
    uri: file.uri,
    span: { start, end: start + 3 },
    fixes: [],
    stacks: [],
    ...own,
  };
}

/** What a values file, and who names it, may bring in. */
const hostile = '::error::x\r\n]]>"\'<a&b>%0A\u001B[31m\u202E\uFFFE,';
const report: CheckReport = {
  files: [
    {
      path: 'dir/a b,c.yaml',
      file,
      findings: [
        finding('error', 3, 'It is wrong'),
        finding('hint', 10, hostile),
        finding('warning', 5, 'Two lines'),
      ],
    },
    { path: 'clean.yaml', file: new ValuesFile('file:///ws/clean.yaml', ''), findings: [] },
  ],
  checked: 2,
};
const shown = '::error::x\\x0d\\x0a]]>"\'<a&b>%0A\\x1b[31m\\u202e\uFFFE,';

describe('githubText', () => {
  it('is a command for each finding, in which nothing of a file counts', () =>
    assert.equal(
      githubText(report),
      [
        '::error file=dir/a b%2Cc.yaml,line=1,endLine=1,col=4,endColumn=7,title=error-code::It is wrong',
        `::notice file=dir/a b%2Cc.yaml,line=2,endLine=2,col=4,endColumn=7,title=hint-code::${shown.replace('%', '%25')}`,
        '::warning file=dir/a b%2Cc.yaml,line=1,endLine=2,title=warning-code::Two lines',
        '',
      ].join('\n'),
    ));

  it('is empty without findings', () => assert.equal(githubText({ files: [], checked: 1 }), ''));
});

describe('gitlabJson', () => {
  it('has severities, places and names of GitLab', () => {
    const [first, second, third] = gitlabJson(report);
    assert.deepEqual(
      { ...first, fingerprint: '' },
      {
        description: 'It is wrong',
        check_name: 'error-code',
        fingerprint: '',
        severity: 'critical',
        location: { path: 'dir/a b,c.yaml', lines: { begin: 1, end: 1 } },
      },
    );
    assert.equal(second?.description, shown);
    assert.deepEqual(third?.location.lines, { begin: 1, end: 2 });
    assert.deepEqual(gitlabJson({ files: [], checked: 1 }), []);
  });

  it('has a fingerprint of its own for each finding', () => {
    const same = [finding('error', 10, 'Same'), finding('error', 17, 'Same')];
    const files = ['a.yaml', 'b.yaml'].map(path => ({ path, file, findings: same }));
    const all = gitlabJson({ files, checked: 2 }).map(({ fingerprint }) => fingerprint);
    assert.equal(new Set(all).size, 4);
    assert.ok(all.every(each => /^[0-9a-f]{32}$/.test(each)));
  });
});

describe('junitXml', () => {
  it('has a suite per file and a test per code, all of it XML', () =>
    assert.equal(
      junitXml(report, { fails: severity => severity === 'error' || severity === 'warning' }),
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="deploykf-values" tests="4" failures="2" errors="0">',
        '  <testsuite name="dir/a b,c.yaml" tests="3" failures="2" errors="0" skipped="0">',
        '    <testcase classname="dir/a b,c.yaml" name="error-code" file="dir/a b,c.yaml">',
        '      <failure type="error" message="It is wrong">dir/a b,c.yaml:1:4 error It is wrong</failure>',
        '    </testcase>',
        '    <testcase classname="dir/a b,c.yaml" name="hint-code" file="dir/a b,c.yaml">',
        '      <system-out>dir/a b,c.yaml:2:4 hint ::error::x\\x0d\\x0a]]&gt;&quot;&apos;&lt;a&amp;b&gt;%0A\\x1b[31m\\u202e\\ufffe,</system-out>',
        '    </testcase>',
        '    <testcase classname="dir/a b,c.yaml" name="warning-code" file="dir/a b,c.yaml">',
        '      <failure type="warning" message="Two lines">dir/a b,c.yaml:1:6 warning Two lines</failure>',
        '    </testcase>',
        '  </testsuite>',
        '  <testsuite name="clean.yaml" tests="1" failures="0" errors="0" skipped="0">',
        '    <testcase classname="clean.yaml" name="check" file="clean.yaml"/>',
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n'),
    ));

  it('fails for nothing where no run fails', () =>
    assert.match(junitXml(report, { fails: () => false }), /tests="4" failures="0"/));
});

describe('fingerprintOf', () => {
  const values = (yaml: string): ValuesFile => new ValuesFile('file:///elsewhere/other.yaml', yaml);
  const at = (yaml: string, place: string, own: Partial<StackFinding>): string => {
    const start = yaml.indexOf(place);
    const span = { start, end: start + place.length };
    return fingerprintOf(values(yaml), { ...finding('error', 0, ''), span, ...own });
  };
  const path = { path: 'a.images.dex' };
  const before = at('a: { tag: 1.10 }', '1.10', path);

  it('is the same in another line, file and wording', () =>
    assert.equal(at('# more\n\na:\n  tag: 1.10', '1.10', { ...path, message: 'Other words' }), before));

  it('is another one for another value, path or code', () => {
    const others = [
      at('a: { tag: 1.20 }', '1.20', path),
      at('a: { tag: 1.10 }', '1.10', { path: 'a.images.oauth' }),
      at('a: { tag: 1.10 }', '1.10', { ...path, code: 'other' }),
    ];
    assert.equal(new Set([before, ...others]).size, 4);
  });

  it('does not mind which key shows what is missing', () =>
    assert.equal(at('a: 1', 'a', path), at('a: { images: 1 }', 'images', path)));

  it('takes the message without its numbers where there is no path', () =>
    assert.equal(
      at('x: 1', 'x', { message: '"x" is already on line 1 (stack prod)' }),
      at('\nx: 1', 'x', { message: '"x" is already on line 20' }),
    ));

  it('does not depend on a secret', () => {
    const secret = (word: string): string => `kind: Secret\nstringData:\n  password: ${word}\n`;
    assert.equal(at(secret('first'), 'first', path), at(secret('other'), 'other', path));
  });

  it('numbers what is twice', () =>
    assert.deepEqual(
      numberedFingerprints(file, [finding('error', 10, 'Same'), finding('error', 17, 'Same')]).map(each =>
        each.slice(-2),
      ),
      [':1', ':2'],
    ));
});

describe('sarifLog', () => {
  const other = new ValuesFile('file:///ws/b.yaml', 'x: 1\n');
  const snapshot = Snapshot.of({
    catalogs,
    folders: [],
    files: new Map([file, other].map(each => [each.uri, each])),
  });
  const options = {
    snapshot,
    pathOf: (uri: string): string => uri.slice('file:///ws/'.length),
    version: '1.2.3',
  };
  const resultsOf = (of: CheckReport): unknown => {
    const log = sarifLog(of, options) as { runs: { results: unknown }[] };
    return log.runs[0]?.results;
  };

  it('has an empty list of results when clean, and says what could not be read', () => {
    assert.deepEqual(resultsOf({ files: [], checked: 1 }), []);
    const log = sarifLog({ files: [], checked: 1, problems: ['a.yaml cannot be read'] }, options) as {
      runs: { invocations: unknown }[];
    };
    assert.deepEqual(log.runs[0]?.invocations, [
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'error', message: { text: 'a.yaml cannot be read' } }],
      },
    ]);
  });

  it('has exact regions, fixes, related places and encoded addresses', () => {
    const full = finding('warning', 17, 'Twice', {
      code: 'yaml-duplicate-key',
      path: 'b',
      stacks: ['prod'],
      related: [{ uri: other.uri, span: { start: 0, end: 1 }, message: 'The first one' }],
      fixes: [
        {
          title: 'Remove it',
          applies: 'all',
          changes: () => [
            { kind: 'edit', uri: file.uri, edits: [{ span: { start: 14, end: 21 }, newText: '' }] },
          ],
        },
        {
          title: 'Write a login',
          applies: 'choice',
          changes: () => [
            {
              kind: 'edit',
              uri: file.uri,
              edits: [{ span: { start: 3, end: 6 }, newText: 'https://me:word@host/x' }],
            },
          ],
        },
      ],
    });
    const [result] = resultsOf({ files: [{ path: 'dir/ä #.yaml', file, findings: [full] }], checked: 1 }) as [
      object,
    ];
    assert.deepEqual(
      { ...result, ruleIndex: 0, partialFingerprints: {} },
      {
        ruleId: 'yaml-duplicate-key',
        ruleIndex: 0,
        level: 'warning',
        message: { text: 'Twice' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'dir/%C3%A4%20%23.yaml', uriBaseId: 'SRCROOT' },
              region: { startLine: 3, startColumn: 4, endLine: 3, endColumn: 7 },
            },
            logicalLocations: [{ fullyQualifiedName: 'b', kind: 'value' }],
          },
        ],
        partialFingerprints: {},
        relatedLocations: [
          {
            id: 1,
            physicalLocation: {
              artifactLocation: { uri: 'b.yaml', uriBaseId: 'SRCROOT' },
              region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
            },
            message: { text: 'The first one' },
          },
        ],
        fixes: [
          {
            description: { text: 'Remove it' },
            artifactChanges: [
              {
                artifactLocation: { uri: 'a.yaml', uriBaseId: 'SRCROOT' },
                replacements: [{ deletedRegion: { startLine: 3, startColumn: 1, endLine: 4, endColumn: 1 } }],
              },
            ],
          },
        ],
        properties: { severity: 'warning', stacks: ['prod'] },
      },
    );
  });

  it('leaves a fix that writes a manifest to others, and does not make it', () => {
    const made: string[] = [];
    const fix = { title: 'Redirect 2 images', applies: 'named', isManifest: true } as const;
    const changes = (): readonly Change[] => {
      made.push('it');
      return [{ kind: 'edit', uri: file.uri, edits: [{ span: { start: 14, end: 21 }, newText: '' }] }];
    };
    const own = finding('info', 0, 'x', { fixes: [{ ...fix, changes }] });
    const results = resultsOf({ files: [{ path: 'a.yaml', file, findings: [own] }], checked: 1 });
    assert.equal(JSON.stringify(results).includes('Redirect'), false);
    assert.deepEqual(made, []);
  });

  it('gives what is outside of the working directory by its whole address', () => {
    const outside = { path: '../x.yaml', file, findings: [finding('error', 0, 'x')] };
    const [{ locations }] = resultsOf({ files: [outside], checked: 1 }) as [
      { locations: { physicalLocation: { artifactLocation: unknown } }[] },
    ];
    assert.deepEqual(locations[0]?.physicalLocation.artifactLocation, { uri: file.uri });
  });

  it('takes no links and no placeholders from a file', () => {
    assert.deepEqual(sarifText('"[click](https://example.com)" {0}'), {
      text: '"\\[click\\](https://example.com)" {{0}}',
    });
    assert.deepEqual(sarifText('options[0] and {registry}'), { text: 'options[0] and {registry}' });
  });
});
