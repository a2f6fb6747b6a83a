import type { StackPlan } from '../stack/plan.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Span } from '../text/span.ts';
import type { ProjectRule, Report } from './types.ts';

/** A release that no catalog knows. Such a stack has no view, so `checkFile` reports it. */
export const releaseUnknown: ProjectRule = {
  scope: 'project',
  code: 'release-unknown',
  severity: 'error',
  doc: {
    summary: 'A stack of a deployKF release that is not known here',
    why: [
      'Every release has other values, images and defaults. Without its catalog nothing about the stack can be said, so it is',
      'not checked at all, rather than against the facts of another release.',
      '',
      'The catalog of a fork, or of a release that came later, is made from its generator: the folder or `.zip` that',
      '`source_path` names, the one that the editor setting `deploykf.generators` names for the release, or the download in',
      '`~/.deploykf/assets`.',
    ].join('\n'),
    bad: 'stacks:\n  - name: prod\n    release: 0.1.50\n    values: [values.yaml]\n',
    good: 'stacks:\n  - name: prod\n    release: 0.1.5\n    values: [values.yaml]\n',
  },
};

/** Says at a file's first key, or where the file defines the stack, that the plan's release is not known. */
export function reportUnknownRelease(file: ValuesFile, plan: StackPlan, known: readonly string[]): Report {
  const stack = plan.name === '' ? 'this file' : `stack ${plan.name}`;
  const message =
    plan.generator === undefined
      ? `deployKF "${plan.release ?? ''}" is not known, ${stack} is not checked: known are ${known.join(', ')}; no generator of it is in ~/.deploykf/assets or the setting "deploykf.generators"`
      : `The generator "${plan.generator.path}" has no values to read, ${stack} is not checked: a folder or .zip with default_values.yaml is expected`;
  const { definedAt } = plan;
  return { message, uri: file.uri, span: definedAt?.uri === file.uri ? definedAt.span : firstKey(file) };
}

function firstKey(file: ValuesFile): Span {
  return file.map?.pairs[0]?.key.span ?? { start: 0, end: file.source.lineEnd(0) };
}
