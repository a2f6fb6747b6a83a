import { plainRelease } from '../../catalog/release.ts';
import type { Change, Fix, Report } from '../../findings/finding.ts';
import type { Application } from '../../stack/application.ts';
import { isUpstreamRepository } from '../../stack/upstream.ts';
import type { SourceRule } from '../rule.ts';

/** An Application or a command that does not name a source of the generator, or two. */
export const stackSource: SourceRule = {
  subject: 'source',
  code: 'stack-source',
  severity: 'error',
  doc: {
    summary:
      'An Application with neither or both of source_version and source_path, or a parameter that has no effect',
    why: [
      'The deployKF plugin needs exactly one: the release to download, or the folder or zip of a generator in the repository.',
      'With neither or both, it stops, and so does a command of a script, or one whose --source-path is an address or whose',
      '--source-version is a tag such as `v0.1.5`; that is said at the first of its values files.',
      'A parameter that the plugin does not know or that has another form than it reads has no effect, and',
      '`source_version` is a version, not a tag such as `v0.1.5`.',
      'Sample files of another release than the generator are a note: their values were made for that release.',
    ].join('\n'),
    bad: exampleOf([]),
    good: exampleOf(['        - name: source_version', '          string: "0.1.5"']),
    fix: 'Writes the version in place of its tag.',
  },
  check: ({ uri, span, application, sourceProblem, hasTemplateLines }) => {
    if (sourceProblem !== undefined) return [{ message: sourceProblem, uri, span }];
    if (application === undefined) return [];
    const lost = application.lost.map(({ message, span }): Report => ({ message, uri, span }));
    return [...lost, ...tagReports(uri, application), ...sourceReports(uri, application, hasTemplateLines)];
  },
};

function sourceReports(
  uri: string,
  application: Application,
  hasTemplateLines: boolean | undefined,
): readonly Report[] {
  const { release, sourcePath, span } = application;
  if (release !== undefined && sourcePath !== undefined) {
    return [
      {
        message:
          'Both source_version and source_path are set, but the plugin takes only one: remove the other',
        uri,
        span: sourcePath.span,
      },
    ];
  }
  if (release !== undefined || sourcePath !== undefined || hasTemplateLines === true)
    return otherRelease(uri, application);
  return [
    {
      message:
        'Neither source_version nor source_path is set: the plugin does not know which deployKF to generate',
      uri,
      span,
    },
  ];
}

/** The generator is downloaded by the tag `v` and the version (internal/generate/source.go of deployKF's command line). */
function tagReports(uri: string, { release }: Application): readonly Report[] {
  if (release === undefined || !/^v\d+\.\d+/.test(release.text)) return [];
  const { text, span } = release;
  const message = `"${text}" is a tag, not a version: the plugin looks for the tag "v${text}", write "${plainRelease(text)}"`;
  const before = span.end - span.start === text.length + 2 ? 1 : 0;
  const start = span.start + before;
  const isWritten = span.end - span.start === text.length + 2 * before;
  const removal = { span: { start, end: start + 1 }, newText: '' };
  const changes = (): readonly Change[] => [{ kind: 'edit', uri, edits: [removal] }];
  const fix: Fix = { title: `Write ${plainRelease(text)}`, applies: 'all', changes };
  return [{ message, uri, span, fixes: isWritten ? [fix] : [] }];
}

/**
 * Of deployKF's own repository the plugin reads the values files alone, at `targetRevision`; `source_version` has the generator downloaded
 * (argocd-plugin/argocd-install/deploykf-plugin/plugin.yaml).
 */
function otherRelease(
  uri: string,
  { repository, revision, release, valuesFiles }: Application,
): readonly Report[] {
  if (!isUpstreamRepository(repository) || revision === undefined || release === undefined) return [];
  const [ofFiles, ofGenerator] = [plainRelease(revision), plainRelease(release.text)];
  const areReleases = [ofFiles, ofGenerator].every(text => /^\d+\.\d+\.\d+$/.test(text));
  if (!areReleases || ofFiles === ofGenerator || valuesFiles.length === 0) return [];
  const message = `"targetRevision" takes the values files of deployKF ${ofFiles}, and "source_version" the generator of ${ofGenerator}: set both to the same release`;
  return [{ message, severity: 'info', uri, span: release.span }];
}

function exampleOf(parameters: readonly string[]): string {
  const head = [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    'metadata:',
    '  name: deploykf',
    'spec:',
    '  source:',
    '    repoURL: https://example.com/ops.git',
  ];
  return [
    ...head,
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    ...parameters,
    '        - name: values',
    '          string: |',
    '            kubeflow_tools: {}',
    '',
  ].join('\n');
}
