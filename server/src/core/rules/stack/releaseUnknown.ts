import type { CatalogSource } from '../../catalog/catalogSource.ts';
import type { StackPlan } from '../../stack/plan.ts';
import type { ValuesFile } from '../../stack/valuesFile.ts';
import { firstKey } from '../../findings/place.ts';
import type { ProjectRule, Report } from '../../findings/types.ts';

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
      '`source_path` names, else the one that `generators` of the project file names for the release, the editor setting',
      '`deploykf.generators`, or the download of deployKF’s own command line in `~/.deploykf/assets`.',
    ].join('\n'),
    bad: 'stacks:\n  - name: prod\n    release: 0.1.50\n    values: [values.yaml]\n',
    good: 'stacks:\n  - name: prod\n    release: 0.1.5\n    values: [values.yaml]\n',
  },
};

/** Says at a file's first key, or where the file defines the stack, that the plan's release is not known. */
export function reportUnknownRelease(file: ValuesFile, plan: StackPlan, catalogs: KnownCatalogs): Report {
  const stack = plan.name === '' ? 'this file' : `stack ${plan.name}`;
  const message = `${whatIsUnknown(plan, catalogs)}, ${stack} is not checked: ${whatToDo(plan, catalogs)}`;
  const { definedAt } = plan;
  return { message, uri: file.uri, span: definedAt?.uri === file.uri ? definedAt.span : firstKey(file) };
}

type KnownCatalogs = Pick<CatalogSource, 'releases' | 'problems'>;

function whatIsUnknown({ generator, release }: StackPlan, { problems }: KnownCatalogs): string {
  if (generator === undefined) return `deployKF "${release ?? ''}" is not known`;
  const problem = problems === undefined ? 'cannot be read here' : (problems.get(generator.key) ?? 'is not there');
  const named = generator.release === undefined ? '' : ` of ${generator.release}`;
  return `The generator "${generator.path}"${named} ${problem}`;
}

function whatToDo({ generator, release }: StackPlan, { releases, problems }: KnownCatalogs): string {
  if (generator !== undefined) return 'the folder or .zip of a generator is expected';
  const problem = problems?.get(release ?? '');
  const places = '"generators" of the project file, the setting "deploykf.generators" or ~/.deploykf/assets';
  const found = problem === undefined ? `no generator of it is in ${places}` : `the generator of it ${problem}`;
  return `known are ${releases.join(', ')}; ${problems === undefined ? 'generators cannot be read here' : found}`;
}
