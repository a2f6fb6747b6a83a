import type { StackView } from '../analysis/stackView.ts';
import { pullSecretsBlock, pullSecretsPath, type Credential } from '../pullSecrets/block.ts';
import { explainPullSecrets, show, type NamespaceReach, type PullSecretsExplanation } from '../pullSecrets/explain.ts';
import { secretFlaws } from '../secrets/secretFlaws.ts';
import { kyvernoNamespace } from '../pullSecrets/namespaces.ts';
import { earlyNamespaces } from '../pullSecrets/reach.ts';
import { configOf, secretSources } from '../pullSecrets/sources.ts';
import { hasWildcard, matchesWildcard, missedNames } from '../secrets/wildcard.ts';
import type { KnownSecret } from '../secrets/secretsInFile.ts';
import { labelOf } from '../stack/uri.ts';
import { atMost } from '../text/list.ts';
import { parsePath, printPath, type Path } from '../yaml/nodes.ts';
import { code, plain } from './markdown.ts';

/**
 * What a key of `imagePullSecrets` does in this stack, as lines of Markdown: the namespaces that a pattern hits, those
 * that receive the secrets, what an entry clones. `undefined` outside of the block.
 */
export function pullSecretHover(view: StackView, path: Path | string): readonly string[] | undefined {
  const steps = typeof path === 'string' ? parsePath(path) : path;
  const root = parsePath(pullSecretsPath);
  if (!root.every((step, index) => steps[index] === step)) return undefined;
  const explanation = explainPullSecrets(view);
  const said = textFor(view, explanation, steps.slice(root.length));
  if (said === undefined) return undefined;
  const note = explanation.templated ? ['A part of the block is filled in by another tool: not known here'] : [];
  const stack = view.stack.name === '' ? '' : ` · stack ${code(view.stack.name)}`;
  const heading = `**${plain(printPath(steps.slice(root.length - 1)))}** · deployKF ${view.stack.release}${stack}`;
  return [heading, ...said, ...note];
}

function textFor(
  view: StackView,
  explanation: PullSecretsExplanation,
  [key, index]: Path,
): readonly string[] | undefined {
  if (key === undefined) return wholeBlock(view, explanation);
  if (key === 'enabled') return [stateLine(explanation), ...receivers(view, explanation)];
  if (key === 'excludeNamespaces') {
    return typeof index === 'number' ? onePattern(view, explanation, index) : allPatterns(view, explanation);
  }
  if (key !== 'registryCredentials') return undefined;
  return typeof index === 'number' ? oneCredential(view, explanation, index) : allCredentials(view, explanation);
}

function wholeBlock(view: StackView, explanation: PullSecretsExplanation): readonly string[] {
  return [
    'Copies pull secrets into namespaces and adds them to every Pod that is created there',
    stateLine(explanation),
    ...receivers(view, explanation),
    ...copies(explanation),
  ];
}

function copies(explanation: PullSecretsExplanation): readonly string[] {
  if (!isDeployed(explanation)) return [];
  return explanation.clones.map(
    ({ index, existingSecretNamespace, existingSecret = '?' }) =>
      `${code(cloneName(index))} is a copy of ${code(`${existingSecretNamespace}/${existingSecret}`)}`,
  );
}

function stateLine({ rendered, fails, reason, refused }: PullSecretsExplanation): string {
  if (refused !== undefined) return `⚠ No policy: the cluster refuses what is rendered, ${plain(refused)}`;
  if (rendered) return 'The policy is deployed';
  return `${fails ? '⚠ ' : ''}No policy: ${plain(reason ?? '')}`;
}

function isDeployed({ rendered, refused }: PullSecretsExplanation): boolean {
  return rendered && refused === undefined;
}

/** Said where there is no policy. */
function stateIfOff(explanation: PullSecretsExplanation): readonly string[] {
  return isDeployed(explanation) ? [] : [stateLine(explanation)];
}

/** A stack can have hundreds of profiles. */
const namesInLine = 10;

function receivers(view: StackView, explanation: PullSecretsExplanation): readonly string[] {
  if (!isDeployed(explanation)) return [];
  const { namespaces } = explanation;
  const existing = namespaces.filter(namespace => namespace.exists);
  const receiving = existing.filter(namespace => namespace.receives).map(namespace => namespace.name);
  return [
    receiving.length === 0 ? 'No deployKF namespace receives the secrets' : `Received by ${names(receiving)}`,
    ...tooLate(view),
    `Not by ${notReceiving(existing).join(', ')}`,
  ];
}

function tooLate(view: StackView): readonly string[] {
  const early = [...earlyNamespaces(view)];
  return early.length === 0 ? [] : [`Too late for what starts before Kyverno in ${names(early)}`];
}

/** The others by the reason, each reason said once. */
function notReceiving(existing: readonly NamespaceReach[]): readonly string[] {
  const byReason = new Map<string, readonly string[]>();
  for (const { name, receives, verdict, by = '' } of existing) {
    if (receives) continue;
    const reason = verdict === 'excluded' ? code(by) : plain(by);
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  return [...byReason].map(([reason, own]) => `${names(own)} (${reason})`);
}

function allPatterns(view: StackView, explanation: PullSecretsExplanation): readonly string[] {
  const own = kyvernoNamespace(view);
  const written = pullSecretsBlock(view).patterns.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  return [
    `Namespaces that get no secrets: ${code('*')} is any number of characters, ${code('?')} exactly one. A list here replaces the default list`,
    ...[...new Set([...written, own])].map(
      pattern => `${code(pattern)}${pattern === own ? ' (always excluded)' : ''} hits ${hits(explanation, pattern)}`,
    ),
    ...stateIfOff(explanation),
  ];
}

function onePattern(
  view: StackView,
  explanation: PullSecretsExplanation,
  index: number,
): readonly string[] | undefined {
  const item = pullSecretsBlock(view).patterns[index];
  if (item === undefined) return undefined;
  const { value } = item;
  if (typeof value !== 'string') return [`${plain(show(value))} is no pattern, Kyverno refuses it`];
  const state = stateIfOff(explanation);
  if (!hasWildcard(value)) return [`Excludes ${hits(explanation, value)}`, ...state];
  return [`Hits ${hits(explanation, value)}`, ...misses(explanation, value), ...state];
}

/** The namespaces that are there and that a pattern leaves alone, whatever else excludes them. */
function misses({ namespaces }: PullSecretsExplanation, pattern: string): readonly string[] {
  const existing = namespaces.filter(namespace => namespace.exists).map(namespace => namespace.name);
  const missed = missedNames(pattern, existing);
  return missed.length === 0 ? [] : [`Misses ${names(missed)}`];
}

function hits({ namespaces }: PullSecretsExplanation, pattern: string): string {
  const found = namespaces.filter(namespace => matchesWildcard(pattern, namespace.name));
  if (found.length === 0) return 'no namespace of deployKF';
  return atMost(
    found.map(({ name, exists }) => `${code(name)}${exists ? '' : ' (not deployed)'}`),
    namesInLine,
  );
}

function allCredentials(view: StackView, explanation: PullSecretsExplanation): readonly string[] {
  const { credentials } = pullSecretsBlock(view);
  return [
    'Secrets of type `kubernetes.io/dockerconfigjson` that the policy copies; every Pod gets all of them',
    ...credentials.flatMap(credential => cloneLines(explanation, credential)),
    ...stateIfOff(explanation),
  ];
}

function oneCredential(
  view: StackView,
  explanation: PullSecretsExplanation,
  index: number,
): readonly string[] | undefined {
  const block = pullSecretsBlock(view);
  const credential = block.credentials.find(candidate => candidate.index === index);
  if (credential === undefined) {
    const entry = block.entries[index];
    return entry && [`${plain(show(entry.value))} is no entry: a map with ${code('existingSecret')} is needed`];
  }
  const isDefault = view.catalog.catalog.pullSecretPolicy && !credential.hasNamespace;
  const from = isDefault ? [`No namespace is set, so ${code(credential.secretNamespace)} is used`] : [];
  const state = [...receivers(view, explanation), ...stateIfOff(explanation)];
  return [...cloneLines(explanation, credential), ...from, ...sourceLines(view, credential), ...state];
}

/** Whether the Secret is there, and the registries that it has credentials for: their names alone. */
function sourceLines(view: StackView, credential: Credential): readonly string[] {
  const source = secretSources(view)(credential);
  switch (source.kind) {
    case 'unknown':
      return [];
    case 'missing':
      return ['Not found in extraManifests or a YAML file here: it must be there before the sync'];
    case 'elsewhere':
      return [`⚠ Found only in namespace ${code(source.namespace)}: ${secretLink(source.secret)}`];
    case 'replaced':
      return [`⚠ Found only in a list that another layer replaces: ${secretLink(source.secret)}`];
    case 'disabled':
      return [
        `⚠ Found only with ${code(source.secret.component.path)}, which is disabled: ${secretLink(source.secret)}`,
      ];
    case 'found':
      return source.secrets.flatMap(secret => [
        `Secret found in ${secretLink(secret)}, ${coverText(secret)}`,
        ...secretFlaws(secret).map(({ message }) => `⚠ It ${plain(message)}`),
      ]);
  }
}

function coverText(secret: KnownSecret): string {
  const hosts = configOf(secret)?.hosts ?? [];
  if (hosts.length > 0) return `covers ${names(hosts)}`;
  return secretFlaws(secret).length > 0 ? 'covers nothing' : 'what it covers is not known here';
}

function secretLink({ place: { uri, start } }: KnownSecret): string {
  return `[${plain(labelOf(undefined, uri))}:${start.line + 1}](${uri}#L${start.line + 1})`;
}

/** Empty where nothing copies the Secret. */
function cloneLines(
  explanation: PullSecretsExplanation,
  { index, secretName, secretNamespace }: Credential,
): readonly string[] {
  if (!explanation.rendered) return [];
  if (secretName === undefined) return [`Entry ${index} names no Secret: Kyverno refuses the policy`];
  if (!isDeployed(explanation)) return [];
  return [`Secret ${code(`${secretNamespace}/${secretName}`)} is copied as ${code(cloneName(index))}`];
}

function cloneName(index: number): string {
  return `cloned--image-pull-secret-${index}`;
}

function names(list: readonly string[]): string {
  return atMost(list.map(code), namesInLine);
}
