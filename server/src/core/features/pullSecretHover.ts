import type { StackView } from '../analysis/stackView.ts';
import { pullSecretsBlock, pullSecretsPath, type Credential } from '../pullSecrets/block.ts';
import {
  explainPullSecrets,
  show,
  type NamespaceReach,
  type PullSecretsExplanation,
} from '../pullSecrets/explain.ts';
import { secretProblems } from '../secrets/secretProblems.ts';
import { kyvernoNamespace } from '../pullSecrets/namespaces.ts';
import { earlyNamespaces } from '../pullSecrets/reach.ts';
import { configOf, secretSources } from '../pullSecrets/sources.ts';
import { hasWildcard, matchesWildcard, missedNames } from '../secrets/wildcard.ts';
import type { LocatedSecret } from '../secrets/secretsInFile.ts';
import { labelOf } from '../stack/uri.ts';
import { parsePath, printPath, type Path } from '../yaml/nodes.ts';
import { code, joined, link, listed, mark, plain, Markdown } from './markdown.ts';

/**
 * What a key of `imagePullSecrets` does in this stack, as lines of Markdown: the namespaces that a pattern
 * matches, those that receive the secrets, what an entry clones. `undefined` outside of the block.
 */
export function pullSecretHover(view: StackView, path: Path | string): readonly Markdown[] | undefined {
  const steps = typeof path === 'string' ? parsePath(path) : path;
  const root = parsePath(pullSecretsPath);
  if (!root.every((step, index) => steps[index] === step)) return undefined;
  const explanation = explainPullSecrets(view);
  const said = textFor(view, explanation, steps.slice(root.length));
  if (said === undefined) return undefined;
  const { release, name } = view.stack;
  const title = plain(printPath(steps.slice(root.length - 1)));
  const stack = name !== '' && mark` · stack ${code(name)}`;
  const lines = [mark`**${title}** · deployKF ${plain(release)}${stack}`, ...said];
  if (explanation.templated) lines.push(mark`Part of the block is filled in by another tool: not known here`);
  return lines;
}

function textFor(
  view: StackView,
  explanation: PullSecretsExplanation,
  [key, index]: Path,
): readonly Markdown[] | undefined {
  if (key === undefined) return wholeBlock(view, explanation);
  if (key === 'enabled') return [stateLine(explanation), ...receivers(view, explanation)];
  if (key === 'excludeNamespaces') {
    if (typeof index === 'number') return onePattern(view, explanation, index);
    return allPatterns(view, explanation);
  }
  if (key !== 'registryCredentials') return undefined;
  if (typeof index === 'number') return oneCredential(view, explanation, index);
  return allCredentials(view, explanation);
}

function wholeBlock(view: StackView, explanation: PullSecretsExplanation): readonly Markdown[] {
  return [
    mark`Copies pull secrets into namespaces and adds them to every Pod that is created there`,
    stateLine(explanation),
    ...receivers(view, explanation),
    ...copies(explanation),
  ];
}

function copies(explanation: PullSecretsExplanation): readonly Markdown[] {
  if (!isDeployed(explanation)) return [];
  return explanation.clones.map(
    ({ index, existingSecretNamespace, existingSecret = '?' }) =>
      mark`${code(cloneName(index))} is a copy of ${code(`${existingSecretNamespace}/${existingSecret}`)}`,
  );
}

function stateLine({ rendered, fails, reason, refused }: PullSecretsExplanation): Markdown {
  if (refused !== undefined)
    return mark`⚠ No policy: the cluster refuses what is rendered, ${plain(refused)}`;
  if (rendered) return mark`The policy is deployed`;
  return mark`${fails && mark`⚠ `}No policy: ${plain(reason ?? '')}`;
}

function isDeployed({ rendered, refused }: PullSecretsExplanation): boolean {
  return rendered && refused === undefined;
}

/** Said where there is no policy. */
function stateIfOff(explanation: PullSecretsExplanation): readonly Markdown[] {
  if (isDeployed(explanation)) return [];
  return [stateLine(explanation)];
}

/** A stack can have hundreds of profiles. */
const namesInLine = 10;

function receivers(view: StackView, explanation: PullSecretsExplanation): readonly Markdown[] {
  if (!isDeployed(explanation)) return [];
  const { namespaces } = explanation;
  const existing = namespaces.filter(namespace => namespace.exists);
  const receiving = existing.filter(namespace => namespace.receives).map(namespace => namespace.name);
  const early = [...earlyNamespaces(view)];
  const lines: Markdown[] = [];
  if (receiving.length === 0) lines.push(mark`No deployKF namespace receives the secrets`);
  else lines.push(mark`Received by ${names(receiving)}`);
  if (early.length > 0) lines.push(mark`Too late for what starts before Kyverno in ${names(early)}`);
  lines.push(mark`Not by ${joined(notReceiving(existing), ', ')}`);
  return lines;
}

/** The others by the reason, each reason said once. */
function notReceiving(existing: readonly NamespaceReach[]): readonly Markdown[] {
  const byReason = new Map<string, readonly string[]>();
  for (const { name, receives, verdict, by = '' } of existing) {
    if (receives) continue;
    let reason = plain(by);
    if (verdict === 'excluded') reason = by === name ? mark`excluded` : mark`excluded by ${code(by)}`;
    const { text } = reason;
    byReason.set(text, [...(byReason.get(text) ?? []), name]);
  }
  return [...byReason].map(([reason, own]) => mark`${names(own)} (${new Markdown(reason)})`);
}

function allPatterns(view: StackView, explanation: PullSecretsExplanation): readonly Markdown[] {
  const own = kyvernoNamespace(view);
  const patterns = new Set<string>();
  for (const { value } of pullSecretsBlock(view).patterns) if (typeof value === 'string') patterns.add(value);
  patterns.add(own);
  const wildcards = mark`${code('*')} is any number of characters, ${code('?')} exactly one`;
  const lines = [
    mark`Namespaces that do not get the secrets: ${wildcards}. A list here replaces the default list`,
  ];
  for (const pattern of patterns) {
    const note = pattern === own && mark` (always excluded)`;
    lines.push(mark`${code(pattern)}${note} matches ${hits(explanation, pattern)}`);
  }
  return [...lines, ...stateIfOff(explanation)];
}

function onePattern(
  view: StackView,
  explanation: PullSecretsExplanation,
  index: number,
): readonly Markdown[] | undefined {
  const item = pullSecretsBlock(view).patterns[index];
  if (item === undefined) return undefined;
  const { value } = item;
  if (typeof value !== 'string') return [mark`${plain(show(value))} is not a pattern, Kyverno refuses it`];
  const state = stateIfOff(explanation);
  if (!hasWildcard(value)) return [mark`Excludes ${hits(explanation, value)}`, ...state];
  return [mark`Matches ${hits(explanation, value)}`, ...misses(explanation, value), ...state];
}

/** The namespaces that are there and that a pattern leaves alone, whatever else excludes them. */
function misses({ namespaces }: PullSecretsExplanation, pattern: string): readonly Markdown[] {
  const existing = namespaces.filter(namespace => namespace.exists).map(namespace => namespace.name);
  const missed = missedNames(pattern, existing);
  if (missed.length === 0) return [];
  return [mark`Does not match ${names(missed)}`];
}

function hits({ namespaces }: PullSecretsExplanation, pattern: string): Markdown {
  const found = namespaces.filter(namespace => matchesWildcard(pattern, namespace.name));
  if (found.length === 0) return mark`no namespace of deployKF`;
  return listed(
    found.map(({ name, exists }) => mark`${code(name)}${!exists && mark` (not deployed)`}`),
    namesInLine,
  );
}

function allCredentials(view: StackView, explanation: PullSecretsExplanation): readonly Markdown[] {
  const { credentials } = pullSecretsBlock(view);
  const type = code('kubernetes.io/dockerconfigjson');
  return [
    mark`Secrets of type ${type} that the policy copies; every Pod gets all of them`,
    ...credentials.flatMap(credential => cloneLines(explanation, credential)),
    ...stateIfOff(explanation),
  ];
}

function oneCredential(
  view: StackView,
  explanation: PullSecretsExplanation,
  index: number,
): readonly Markdown[] | undefined {
  const block = pullSecretsBlock(view);
  const credential = block.credentials.find(candidate => candidate.index === index);
  if (credential === undefined) {
    const entry = block.entries[index];
    return (
      entry && [
        mark`${plain(show(entry.value))} is not an entry: a map with ${code('existingSecret')} is needed`,
      ]
    );
  }
  const lines = [...cloneLines(explanation, credential)];
  const isDefault = view.catalog.catalog.pullSecretPolicy && !credential.hasNamespace;
  if (isDefault) lines.push(mark`No namespace is set, so ${code(credential.secretNamespace)} is used`);
  lines.push(...sourceLines(view, credential));
  return [...lines, ...receivers(view, explanation), ...stateIfOff(explanation)];
}

/** Whether the Secret is there, and the registries that it has credentials for: their names alone. */
function sourceLines(view: StackView, credential: Credential): readonly Markdown[] {
  const source = secretSources(view)(credential);
  switch (source.kind) {
    case 'unknown':
      return [];
    case 'missing':
      return [mark`Not found in extraManifests or a YAML file here: it must exist before the sync`];
    case 'elsewhere':
      return [mark`⚠ Found only in namespace ${code(source.namespace)}: ${secretLink(source.secret)}`];
    case 'replaced':
      return [mark`⚠ Found only in a list that another layer replaces: ${secretLink(source.secret)}`];
    case 'disabled': {
      const component = code(source.secret.component.path);
      return [mark`⚠ Found only with ${component}, which is disabled: ${secretLink(source.secret)}`];
    }
    case 'found':
      return source.secrets.flatMap(secret => [
        mark`Secret found in ${secretLink(secret)}, ${coverText(secret)}`,
        ...secretProblems(secret).map(({ message }) => mark`⚠ It ${plain(message)}`),
      ]);
  }
}

function coverText(secret: LocatedSecret): Markdown {
  const hosts = configOf(secret)?.hosts ?? [];
  if (hosts.length > 0) return mark`covers ${names(hosts)}`;
  if (secretProblems(secret).length > 0) return mark`covers nothing`;
  return mark`what it covers is not known here`;
}

function secretLink({ place: { uri, start } }: LocatedSecret): Markdown {
  return link(labelOf(undefined, uri), uri, start.line);
}

/** Empty where nothing copies the Secret. */
function cloneLines(
  explanation: PullSecretsExplanation,
  { index, secretName, secretNamespace }: Credential,
): readonly Markdown[] {
  if (!explanation.rendered) return [];
  if (secretName === undefined)
    return [mark`Entry ${index} does not name a Secret: Kyverno refuses the policy`];
  if (!isDeployed(explanation)) return [];
  return [mark`Secret ${code(`${secretNamespace}/${secretName}`)} is copied as ${code(cloneName(index))}`];
}

function cloneName(index: number): string {
  return `cloned--image-pull-secret-${index}`;
}

function names(list: readonly string[]): Markdown {
  return listed(list.map(code), namesInLine);
}
