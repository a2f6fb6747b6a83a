import type { Clone, NamespaceReach, PullSecretsExplanation } from '../pullSecrets/explain.ts';
import { pullSecretsPath } from '../pullSecrets/block.ts';
import type { SecretMatrix } from '../pullSecrets/matrix.ts';
import { secretMatrixLines, uncoveredLines } from './secretMatrixText.ts';
import { count, type TextStyle } from './style.ts';
import { sayList } from '../text/list.ts';
import type { ChartSnippet } from '../rules/pullSecrets/chartSnippet.ts';
import { printable } from '../text/printable.ts';
import { alignedRows, type Cell } from './table.ts';

export interface PullSecretsTextOptions {
  readonly style: TextStyle;
  /** How the stack is called; empty when it has no name. */
  readonly stack: string;
  /** The namespaces where Pods are created before the policy exists. */
  readonly early: ReadonlySet<string>;
  readonly matrix: SecretMatrix;
  /** Whether the release has a policy at all. */
  readonly hasPolicy: boolean;
  /** What hands the charts their Secrets that the policy does not reach; `undefined` when there is nothing to hand. */
  readonly snippet: ChartSnippet | undefined;
}

/**
 * What the policy does with a stack: the Secrets it copies, the patterns,
 * and every namespace that is deployed.
 */
export function pullSecretsText(
  explanation: PullSecretsExplanation,
  options: PullSecretsTextOptions,
): string {
  const { stack, style } = options;
  const name = stack === '' ? '' : `, ${printable(stack)}`;
  const title = `deployKF ${printable(explanation.release)}${name}`;
  const blocks: (readonly string[])[] = [[`${title}: ${style.paint(headline(explanation), 'bold')}`]];
  const obstacle = explanation.reason ?? explanation.refused;
  if (obstacle === undefined) blocks.push(...renderedBlocks(explanation, options));
  else blocks.push(obstacleLines(obstacle, explanation, options));
  const linesOf = obstacle === undefined ? secretMatrixLines : uncoveredLines;
  const table = linesOf(options.matrix, style);
  if (table.length > 0) blocks.push(table);
  if (options.snippet !== undefined) blocks.push(snippetLines(options.snippet));
  if (explanation.templated)
    blocks.push(['Part of the block is filled in by another tool: this is what the text as it stands does']);
  return blocks.map(lines => lines.map(line => `${line}\n`).join('')).join('\n');
}

/** Why there is no policy, where it is configured, and what does that. */
function obstacleLines(
  obstacle: string,
  { reason }: PullSecretsExplanation,
  { hasPolicy, matrix }: PullSecretsTextOptions,
): readonly string[] {
  const lines = [`No namespace receives a pull secret: ${printable(obstacle)}`];
  if (hasPolicy && reason !== undefined) lines.push(`The policy is configured by ${pullSecretsPath}`);
  if (matrix.rows.some(({ isHanded }) => !isHanded))
    lines.push(
      'Make one by "Create Image Pull Secret…" in VS Code, or by "deploykf-values pull-secret create"',
    );
  return lines;
}

/** Values to copy, and where their Secrets must be. */
export function snippetLines({ lines, namespaces }: ChartSnippet): readonly string[] {
  const where = `${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${sayList(namespaces)}`;
  return [
    `The policy does not reach every Pod: pass the Secrets to the charts, and create them in ${printable(where)} before the sync`,
    ...lines.map(line => `  ${printable(line)}`),
  ];
}

function headline({ rendered, fails, refused, clones, namespaces }: PullSecretsExplanation): string {
  if (fails) return 'generation fails';
  if (!rendered) return 'no pull-secret policy is rendered';
  if (refused !== undefined) return 'the cluster refuses the pull-secret policy';
  const existing = namespaces.filter(({ exists }) => exists);
  const receiving = existing.filter(({ receives }) => receives).length;
  const copies = `${count(clones.length, 'Secret')} copied`;
  return `${copies} into ${receiving} of ${count(existing.length, 'namespace')}`;
}

function renderedBlocks(
  explanation: PullSecretsExplanation,
  { style: { paint }, early, matrix }: PullSecretsTextOptions,
): readonly (readonly string[])[] {
  const { clones, excluded, namespaces } = explanation;
  const existing = namespaces.filter(({ exists }) => exists);
  const others = namespaces.filter(({ exists }) => !exists).map(({ name }) => printable(name));
  const handed = new Set(matrix.rows.filter(({ isHanded }) => isHanded).map(({ namespace }) => namespace));
  const rows = existing.map(namespace => namespaceRow(namespace, paint, { early, handed }));
  const patterns = excluded.map(pattern => printable(pattern) || '""');
  const blocks = [
    [paint('Secrets', 'bold'), ...alignedRows(clones.map(cloneRow), '  ')],
    [paint('Excluded patterns', 'bold'), `  ${patterns.join(', ')}`],
    [paint('Namespaces', 'bold'), ...alignedRows(rows, '  ')],
  ];
  if (others.length > 0) blocks.push([`Not deployed by this stack: ${others.join(', ')}`]);
  return blocks;
}

function cloneRow({ index, existingSecret, existingSecretNamespace }: Clone): readonly Cell[] {
  const name = `cloned--image-pull-secret-${index}`;
  if (existingSecret === undefined) return [[name], ['does not name a Secret, Kyverno refuses the policy']];
  return [[name], [printable(`${existingSecret} of ${existingSecretNamespace}`)]];
}

function namespaceRow(
  namespace: NamespaceReach,
  paint: TextStyle['paint'],
  { early, handed }: Readonly<Record<'early' | 'handed', ReadonlySet<string>>>,
): readonly Cell[] {
  const { name, receives, verdict, by, components, profile } = namespace;
  const pods = components.map(({ title }) => title);
  if (profile) pods.push('profile');
  let reason = by ?? '';
  if (early.has(name)) reason = 'but not Pods that start before Kyverno';
  else if (verdict === 'excluded') reason = `excluded by ${by === '' ? '""' : reason}`;
  if (handed.has(name)) reason += ': their charts get a Secret by valuesOverrides';
  return [
    [printable(name)],
    receives ? ['receives', text => paint(text, 'green')] : ['nothing', text => paint(text, 'yellow')],
    [printable(reason), text => paint(text, 'dim')],
    [printable(pods.join(', ')), text => paint(text, 'dim')],
  ];
}
