import fc from 'fast-check';
import { application } from './manifests.ts';

/** The credential that must never be seen. */
export const canary = 'kQ7zWm4xVt9pLb2R';
export const encoded = Buffer.from(canary).toString('base64');
const config = JSON.stringify({ auths: { 'r.example.com': { username: 'robot', password: canary } } });
const encodedConfig = Buffer.from(config).toString('base64');
const auth = Buffer.from(`robot:${canary}`).toString('base64');

/** Eight characters in a row of any of the ways that the credential is written in. */
const pieces = new Set([canary, encoded, encodedConfig.slice(40), auth.slice(8)].flatMap(piecesOf));

/** Where an edit tears most: before and behind a credential, at its quotes, keys and comments. */
export const credentials = new RegExp(
  `(?=${canary}|${encoded})|.(?=${canary}|${encoded})|(?<=${canary}|${encoded}).|${encodedConfig.slice(0, 12)}`,
  'g',
);

function piecesOf(text: string): readonly string[] {
  return Array.from({ length: text.length - 7 }, (_, at) => text.slice(at, at + 8));
}

/** What a text shows of the credential, with what stands around it; `undefined`: nothing. */
export function leakIn(text: string): string | undefined {
  for (let at = 0; at + 8 <= text.length; at++)
    if (pieces.has(text.slice(at, at + 8))) return text.slice(Math.max(0, at - 80), at + 40);
  return undefined;
}

export const head = [
  'kind: Secret',
  'metadata:',
  '  name: harbor',
  '  namespace: argocd',
  'type: kubernetes.io/dockerconfigjson',
];
/** What stands in a Secret behind its head. */
export const bodies: readonly (readonly string[])[] = [
  ['stringData:', '  .dockerconfigjson: |', `    ${config}`],
  ['stringData:', `  .dockerconfigjson: '${config}'`, '  other: a'],
  ['data:', `  .dockerconfigjson: ${encodedConfig}`],
  [
    'data:',
    '  .dockerconfigjson: !!binary |',
    `    ${encodedConfig.slice(0, 60)}`,
    `    ${encodedConfig.slice(60)}`,
  ],
  [
    'stringData:',
    `  api: ${canary}`,
    `  "api-two": "${canary}"`,
    `# ${canary}`,
    `  password: ${canary} # it is ${canary}`,
  ],
  [
    'stringData:',
    '  auths.json: |',
    '    {"auths": {',
    `      "r.example.com": {"auth": "${auth}"}`,
    '    }}',
  ],
  [`stringData: {api: ${canary}, other: "${canary}"}`],
  ['stringData:', '  file: |', `    user = robot`, `    key = ${canary}`, `  api: ${canary}`],
  [`data: {"a": ${encoded}, 'b': "${encoded}"}`, 'immutable: true'],
];

export function block(lines: readonly string[]): readonly string[] {
  return ['- |', ...lines.map(line => `  ${line}`)];
}

/** The ways to write a manifest as items of `extraManifests`. */
export const styles: readonly ((lines: readonly string[]) => readonly string[])[] = [
  block,
  lines => lines.map((line, index) => (index === 0 ? '- ' : '  ') + line),
  lines => [`- ${JSON.stringify(`${lines.join('\n')}\n`)}`],
  lines => ["- '", ...lines.map(line => `  ${line.replaceAll("'", "''")}`), "  '"],
  lines => [...block(['kind: ConfigMap', 'data: {a: b}', '---', ...lines])],
  lines => ['- >-', ...lines.flatMap(line => [`  ${line}`, ''])],
];

const images = ['images:', '  kyverno:', '    repository: ghcr.io/kyverno/kyverno', '    tag: latest'];

/** Values with items of `extraManifests`, further lines of that component, and credentials of other kinds. */
export function valuesText(items: readonly string[], extra: readonly string[]): string {
  const component = [
    'enabled: no',
    ...images,
    'extraManifests:',
    ...items.map(line => `  ${line}`),
    ...extra,
  ];
  return [
    'deploykf_core:',
    '  deploykf_auth:',
    '    dex:',
    '      staticPasswords:',
    `        - { email: a@example.com, password: { value: ${canary}, type: plain } }`,
    `        - { email: b@example.com, password: ${canary} }`,
    'deploykf_dependencies:',
    '  kyverno:',
    ...component.map(line => `    ${line}`),
    'kubeflow_tools:',
    '  pipelines:',
    '    objectStore:',
    '      auth:',
    '        existingSecret: store',
    `        secretKey: ${canary}`,
    '    mysql:',
    `      auth: { username: kubeflow, password: ${canary} }`,
    '',
  ].join('\n');
}

/** What may follow `extraManifests`. */
export const rest = [
  [],
  [
    'clusterPolicies:',
    '  imagePullSecrets:',
    '    enabled: true',
    '    registryCredentials: [{existingSecret: harbor, existingSecretNamespace: argocd}]',
  ],
];

export const manifest = fc
  .tuple(fc.constantFrom(...bodies), fc.constantFrom(...styles), fc.constantFrom(...rest), fc.boolean())
  .map(([body, style, extra, isInApplication]) => {
    const text = valuesText(style([...head, ...body]), extra);
    return isInApplication ? inApplication(text) : text;
  });

export function inApplication(values: string): string {
  const lines = values.split('\n').map(line => `    ${line}`);
  return application('prod', '- name: values', '  string: |', ...lines);
}

/** What somebody may type. */
export const typed = [
  '"',
  "'",
  ':',
  ': ',
  '- ',
  '*',
  '&',
  '!',
  '|',
  '{',
  '}',
  '[',
  ']',
  '#',
  ',',
  '\n',
  '\t',
  ' ',
  '? ',
  '%',
  '@',
  '>',
  '---\n',
  '{{ ',
  '<<: *x',
];

export const tear = fc.record({
  kind: fc.constantFrom(
    'atCredential',
    'atCredential',
    'deleteLine',
    'copyLine',
    'swapLines',
    'deletePart',
    'insert',
    'indent',
    'dedent',
    'join',
    'cut',
    'comment',
  ),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  length: fc.integer({ min: 1, max: 6 }),
  text: fc.constantFrom(...typed),
});

export interface Tear {
  readonly kind: string;
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

/** Tears hit the section that holds the Secret, or a line that has the credential. */
export function torn(text: string, { kind, at, length, text: inserted }: Tear): string {
  const lines = text.split('\n');
  const index = Math.floor(at * lines.length);
  const line = lines[index] ?? '';
  const offset = Math.floor(at * text.length);
  switch (kind) {
    case 'deleteLine':
      return lines.toSpliced(index, 1).join('\n');
    case 'copyLine':
      return lines.toSpliced(index, 0, line).join('\n');
    case 'swapLines':
      return lines.toSpliced(index, 2, lines[index + 1] ?? '', line).join('\n');
    case 'indent':
      return lines.with(index, ' '.repeat(length) + line).join('\n');
    case 'dedent':
      return lines.with(index, line.replace(new RegExp(`^ {1,${length * 2}}`), '')).join('\n');
    case 'join':
      return lines.toSpliced(index, 2, line + (lines[index + 1] ?? '').trimStart()).join('\n');
    case 'comment':
      return lines.with(index, line.replace(/\S/, '# $&')).join('\n');
    case 'atCredential': {
      const places = [...text.matchAll(credentials)].map(match => match.index);
      const place = places[Math.floor(at * places.length)] ?? 0;
      return length < 3
        ? text.slice(0, place - length) + text.slice(place)
        : text.slice(0, place) + inserted + text.slice(place);
    }
    case 'deletePart':
      return text.slice(0, offset) + text.slice(offset + length);
    case 'cut':
      return text.slice(0, offset);
    default:
      return text.slice(0, offset) + inserted + text.slice(offset);
  }
}
