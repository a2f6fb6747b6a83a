import type { Fix } from '../../findings/finding.ts';
import { addStacks, projectFileComment, stackValue, type ProposedStack } from '../../stack/projectStacks.ts';
import type { UndefinedStack } from '../../stack/stackSource.ts';
import { joinUri } from '../../stack/uri.ts';
import { sayList } from '../../text/list.ts';
import { formatPair } from '../../yaml/format.ts';
import type { Change } from '../../findings/finding.ts';
import type { SourceRule } from '../rule.ts';

/** Values files that look like one stack, while each is checked alone. */
export const stackUndefined: SourceRule = {
  subject: 'source',
  code: 'stack-undefined',
  severity: 'info',
  doc: {
    summary: 'Values files that look like one stack, which nothing defines',
    why: [
      'deployKF’s guide lays `sample-values-overrides.yaml` over `sample-values.yaml`. Unless an',
      'Application, a script or the project file names both, each is checked alone over the defaults: an',
      'image that the overlay rewrites is still public in the base, and what the overlay sets for a tool that the',
      'base switches on is taken for a tool that is off. A clean file is then half a stack.',
      '',
      'It is reported where a name says so (`NAME-overrides.yaml`, or a file beside `sample-values.yaml`,',
      '`base.yaml` and the like), or where a file sets values of tools that only the other one switches on. The other one',
      'may also be in a folder above, or in a folder such as `base` beside `overlays/prod`.',
      'Files that set mostly the same, such as `dev.yaml` and `prod.yaml`, are stacks of their own.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  pipelines:\n    enabled: true\n',
    good: 'release: 0.1.5\nstacks:\n  - name: default\n    values: [values.yaml, values-overrides.yaml]\n',
    beside: { 'values-overrides.yaml': 'kubeflow_tools:\n  pipelines:\n    kfpV2: {}\n' },
    fix: 'Writes the stack into `.deploykf-values.yaml`, which is created if needed: please check the order.',
  },
  check: ({ uri, span, undefinedStack }) => {
    if (undefinedStack === undefined) return [];
    const { others, isBase, release } = undefinedStack;
    const names = sayList(others.map(name => `"${name}"`));
    const looks = others.length === 1 ? 'looks like a layer' : 'look like layers';
    const what = isBase
      ? `${names} ${looks} over this file`
      : `This file looks like a layer of one stack with ${names}`;
    const message = `${what}, but nothing names them together: each is checked alone over the defaults of ${release}, define the stack in .deploykf-values.yaml`;
    return [{ message, uri, span, fixes: fixesOf(undefinedStack) }];
  },
};

function fixesOf({ choices, project }: UndefinedStack): readonly Fix[] {
  if (project === undefined || (project.file?.yaml.problems.length ?? 0) > 0) return [];
  return choices.map(stacks => ({
    title: `Define ${sayList(stacks.map(titleOf))} in .deploykf-values.yaml`,
    applies: 'choice',
    changes: () => changesOf(project, stacks),
  }));
}

function titleOf({ name, values }: ProposedStack): string {
  return `stack ${name} (${values.join(', ')})`;
}

function changesOf(
  { folder, file }: NonNullable<UndefinedStack['project']>,
  stacks: readonly ProposedStack[],
): readonly Change[] {
  if (file !== undefined) {
    const edits = addStacks(file, stacks);
    return edits === undefined ? [] : [{ kind: 'edit', uri: file.uri, edits }];
  }
  const lines = [projectFileComment, ...formatPair('stacks', stacks.map(stackValue), 2), ''];
  return [{ kind: 'create', uri: joinUri(folder, '.deploykf-values.yaml'), text: lines.join('\n') }];
}
