import type { Report, SourceRule } from './types.ts';

/** A values file that is not there, or cannot be read. */
export const stackFileMissing: SourceRule = {
  scope: 'source',
  code: 'stack-file-missing',
  severity: 'error',
  doc: {
    summary: 'A stack names a values file that is not there, or cannot be read',
    why: [
      'Generation fails when a values file is missing. Where one cannot be read here, the stack is checked without it. Paths in an Application are relative to the root of its repository, which',
      'is taken to be the workspace folder; paths in the project file are relative to its folder. Files of an Application that',
      "points at deployKF's own repository are not looked for.",
    ].join('\n'),
    bad: 'stacks:\n  - name: prod\n    release: 0.1.5\n    values: [prdo.yaml]\n',
    good: 'stacks:\n  - name: prod\n    release: 0.1.5\n    values: [prod.yaml]\n',
  },
  check: ({ uri, name, files, application }) => {
    if (isUpstream(application?.repository)) return [];
    return files.flatMap(({ text, span, problem }): readonly Report[] =>
      problem === undefined ? [] : [{ message: `Values file "${text}" of stack ${name} ${problem}`, uri, span }],
    );
  },
};

/** deployKF's own repository, whose sample values people build on. */
function isUpstream(repository: string | undefined): boolean {
  return /[/:]deploykf\/deploykf(?:\.git)?\/?$/i.test(repository ?? '');
}
