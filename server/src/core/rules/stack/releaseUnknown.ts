import type { UnknownRelease } from '../../stack/stackSource.ts';
import { howToNameRelease, reasonOfGuess } from '../../stack/releaseGuess.ts';
import type { SourceRule } from '../rule.ts';

/** A release that no catalog knows. Such a stack has no view, so nothing else is said about it. */
export const releaseUnknown: SourceRule = {
  subject: 'source',
  code: 'release-unknown',
  severity: 'error',
  doc: {
    summary: 'A stack with an unknown deployKF release',
    why: [
      'Every release has different values, images and defaults. Without the catalog of its release, a',
      'stack is not checked at all, rather than against the facts of another release.',
      '',
      'The catalog of a fork, or of a later release, is made from its generator: the folder or `.zip`',
      'that `source_path` names, else the one that `generators` of the project file names for the',
      'release, the editor setting `deploykf.generators`, or the download of deployKF’s own command line',
      'in `~/.deploykf/assets`.',
      '',
      'Where a script names the release by a variable that its text does not tell, or the',
      '`.deploykf_output` of generated manifests cannot be read, the release is concluded from what is',
      'left, which is only information.',
    ].join('\n'),
    bad: 'stacks:\n  - name: prod\n    release: 0.1.50\n    values: [values.yaml]\n',
    good: 'stacks:\n  - name: prod\n    release: 0.1.5\n    values: [values.yaml]\n',
  },
  check: ({ unknown, concluded, archiveProblem, isGeneratorElsewhere, application, name, uri, span }) => {
    if (archiveProblem !== undefined) {
      const message = `The generator ${archiveProblem}: stack ${name} is checked as the release that its name tells`;
      return [{ message, uri, span }];
    }
    if (concluded?.guess !== undefined) {
      const reason = reasonOfGuess(concluded.guess, concluded.guessedBy);
      const taken = `taken for deployKF ${concluded.release ?? ''}, ${reason}`;
      const message = `${concluded.openRelease ?? ''}: ${taken}; ${howToNameRelease}`;
      return [{ message, uri, span, severity: 'info' }];
    }
    if (unknown === undefined) return [];
    const stack = name === '' ? 'this file' : `stack ${name}`;
    if (isGeneratorElsewhere === true) {
      const where = application?.repository ?? 'another repository';
      const message = `The generator "${unknown.plan.generator?.path ?? ''}" of ${where} is not here: ${stack} is not checked`;
      return [{ message, uri, span, severity: 'info' }];
    }
    return [
      { message: `${whatIsUnknown(unknown)}, ${stack} is not checked: ${whatToDo(unknown)}`, uri, span },
    ];
  },
};

function whatIsUnknown({ plan: { generator, release }, catalogs: { problems } }: UnknownRelease): string {
  if (generator === undefined) return `deployKF "${release ?? ''}" is not known`;
  const named = generator.release === undefined ? '' : ` of ${generator.release}`;
  const subject = `The generator "${generator.path}"${named}`;
  if (problems === undefined) return `${subject} cannot be read here`;
  return `${subject} ${problems.get(generator.key) ?? 'does not exist'}`;
}

function whatToDo({
  plan: { generator, release },
  catalogs: { releases, problems },
}: UnknownRelease): string {
  if (generator !== undefined) return 'expected the folder or .zip of a generator';
  const known = `known releases are ${releases.join(', ')}`;
  if (problems === undefined) return `${known}; generators cannot be read here`;
  const problem = problems.get(release ?? '');
  if (problem !== undefined) return `${known}; its generator ${problem}`;
  const places = '"generators" of the project file, the setting "deploykf.generators" or ~/.deploykf/assets';
  return `${known}; there is no generator for it in ${places}`;
}
