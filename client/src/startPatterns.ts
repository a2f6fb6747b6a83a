/**
 * Files that a folder has where there is something for the server to do, by their names alone: the project file, upstream's
 * sample values, whatever is called after deployKF, and what its command writes beside manifests. `activationEvents` of
 * package.json has the same. Other YAML is not looked for: most of it is not deployKF's, and starts the server once it is open.
 */
export const startPatterns: readonly string[] = [
  '.deploykf-values.yaml',
  '**/*deploykf*.{yaml,yml}',
  '**/sample-values*.{yaml,yml}',
  '**/.deploykf_output',
];
