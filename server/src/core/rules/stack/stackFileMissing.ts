import type { Fix, Report } from '../../findings/finding.ts';
import type { NamedFile } from '../../stack/stackSource.ts';
import type { SourceRule } from '../rule.ts';

/** A values file that does not exist, or cannot be read. */
export const stackFileMissing: SourceRule = {
  subject: 'source',
  code: 'stack-file-missing',
  severity: 'error',
  doc: {
    summary: 'A stack names a values file that does not exist, or cannot be read',
    why: [
      'Generation fails when a values file is missing. Where one cannot be read here, the stack is',
      'checked without it. Paths in an Application are relative to the root of its repository, which is',
      'taken to be the workspace folder; paths in the project file are relative to its folder. The sample',
      "values of deployKF's own repository are known for each release; other files of an Application that",
      'points at another repository are not here, so that one note says that they are left out. Which repository',
      "this one is, the remotes in git's configuration tell, in whichever way their address is written. Where they do not",
      'tell and none of the files is here, they may be there. A name that another tool fills in is left out, too.',
      '',
      'A file that deployKF cannot merge is an error, too: it takes the end of the name for the kind of file, and',
      'merges `.yaml`, `.yml`, `.json`, `.toml` and `.env`.',
      '',
      'Only regular files of at most 10 MB are read, and only in the folders that you work with: the',
      'workspace folder, or the working directory, the folder of the project file and the folders of what',
      'you name on the command line, each with its git work tree, except for what git',
      'keeps in `.git`. Links count where they lead. A file that you name or open yourself is read',
      'wherever it is.',
      '',
      'A script may create or fetch the files that its command names. So a missing file is only an info',
      'finding, at the first values file of the command that exists. Where the script has its name anywhere',
      'else, or where only the shell knows the name, the stack is checked without it.',
    ].join('\n'),
    bad: 'stacks:\n  - name: prod\n    release: 0.1.5\n    values: [prdo.yaml]\n',
    good: 'stacks:\n  - name: prod\n    release: 0.1.5\n    values: [prod.yaml]\n',
    fix: 'On request, creates the file, where its place is in a folder of the workspace.',
  },
  check: ({ kind, uri, name, files, application }) => {
    const reports: Report[] = [];
    const elsewhere = files.filter(file => file.problem !== undefined && file.isElsewhere === true);
    const [first] = elsewhere;
    if (first !== undefined) {
      const repository = application?.repository ?? 'another repository';
      const message = whatIsElsewhere(elsewhere, name, repository);
      reports.push({ message, uri, span: first.span, severity: 'info' });
    }
    for (const file of files) {
      const { text, span, problem, isElsewhere, isUncertain, isTemplate, isUnusable } = file;
      if (problem === undefined || isElsewhere === true) continue;
      if (file.isArgument === true) {
        const message = `"${text}" in the command of stack ${name} ${problem}: the stack is checked without them`;
        reports.push({ message, uri, span, severity: 'info' });
        continue;
      }
      const subject = `Values file "${text}" of stack ${name} ${problem}`;
      const isUnknown = isTemplate === true || isUncertain === true;
      const message = isUnknown ? `${subject}: the stack is checked without it` : subject;
      const isOpen = isUnusable !== true && (kind === 'command' || isUnknown);
      reports.push({
        message,
        uri,
        span,
        severity: isOpen ? 'info' : 'error',
        fixes: createFile(file, name),
      });
    }
    return reports;
  },
};

/** deployKF merges a file without values as none. */
function createFile({ text, missingAt }: NamedFile, stack: string): readonly Fix[] {
  if (missingAt === undefined) return [];
  const comment = `# Values of deployKF for the stack ${stack.replace(/\s+/g, ' ')}.\n`;
  return [
    {
      title: `Create ${text}`,
      applies: 'choice',
      changes: () => [{ kind: 'create', uri: missingAt, text: comment }],
    },
  ];
}

function whatIsElsewhere(files: readonly NamedFile[], stack: string, repository: string): string {
  const names = files.map(({ text }) => `"${text}"`).join(', ');
  if (files.length === 1)
    return `Values file ${names} of stack ${stack} is in ${repository} and not here: the stack is checked without it`;
  return `Values files ${names} of stack ${stack} are in ${repository} and not here: the stack is checked without them`;
}
