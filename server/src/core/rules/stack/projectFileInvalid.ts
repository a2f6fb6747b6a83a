import type { WorkspaceRule } from '../rule.ts';

/** Something in the project file that cannot be used. What can be used still counts. */
export const projectFileInvalid: WorkspaceRule = {
  subject: 'workspace',
  code: 'project-file-invalid',
  severity: 'error',
  doc: {
    summary: 'A part of `.deploykf-values.yaml` that cannot be used',
    why: [
      'The project file says which release and which files make up a stack, and what your private',
      'registry is. An unknown key or a wrong type there would silently switch checks off. What is right',
      'in the file still applies; while its registry policy is wrong, the last correct one does.',
    ].join('\n'),
    bad: 'stacks:\n  - name: prod\n    value: [values.yaml]\n',
    good: 'stacks:\n  - name: prod\n    values: [values.yaml]\n',
  },
  check: ({ file, problems }) => problems.map(({ message, span }) => ({ message, uri: file.uri, span })),
};
