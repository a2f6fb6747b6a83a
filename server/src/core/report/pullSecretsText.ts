import type { Clone, NamespaceReach, PullSecretsExplanation } from '../pullSecrets/explain.ts';
import { count, type TextStyle } from './style.ts';
import { printable } from '../text/printable.ts';
import { alignedRows, type Cell } from './table.ts';

export interface PullSecretsTextOptions {
  readonly style: TextStyle;
  /** How the stack is called; empty when it has no name. */
  readonly stack: string;
  /** The namespaces where Pods are created before the policy exists. */
  readonly early: ReadonlySet<string>;
}

/**
 * What the policy does with a stack: the Secrets it copies, the patterns,
 * and every namespace that is deployed.
 */
export function pullSecretsText(
  explanation: PullSecretsExplanation,
  options: PullSecretsTextOptions,
): string {
  const { stack } = options;
  const { paint } = options.style;
  const title = `deployKF ${[explanation.release, ...(stack === '' ? [] : [stack])].map(printable).join(', ')}`;
  const obstacle = explanation.reason ?? explanation.refused;
  const blocks =
    obstacle === undefined
      ? renderedBlocks(explanation, options)
      : [[`No namespace receives a pull secret: ${printable(obstacle)}`]];
  const note = 'Part of the block is filled in by another tool: this is what the text as it stands does';
  return [
    [`${title}: ${paint(headline(explanation), 'bold')}`],
    ...blocks,
    ...(explanation.templated ? [[note]] : []),
  ]
    .map(lines => lines.map(line => `${line}\n`).join(''))
    .join('\n');
}

function headline({ rendered, fails, refused, clones, namespaces }: PullSecretsExplanation): string {
  if (fails) return 'generation fails';
  if (!rendered) return 'no pull-secret policy is rendered';
  if (refused !== undefined) return 'the cluster refuses the pull-secret policy';
  const existing = namespaces.filter(({ exists }) => exists);
  const receiving = existing.filter(({ receives }) => receives).length;
  return `${count(clones.length, 'Secret')} copied into ${receiving} of ${count(existing.length, 'namespace')}`;
}

function renderedBlocks(
  explanation: PullSecretsExplanation,
  { style: { paint }, early }: PullSecretsTextOptions,
): readonly (readonly string[])[] {
  const { clones, excluded, namespaces } = explanation;
  const existing = namespaces.filter(({ exists }) => exists);
  const others = namespaces.filter(({ exists }) => !exists).map(({ name }) => printable(name));
  return [
    [paint('Secrets', 'bold'), ...alignedRows(clones.map(cloneRow), '  ')],
    [
      paint('Excluded patterns', 'bold'),
      `  ${excluded.map(pattern => printable(pattern) || '""').join(', ')}`,
    ],
    [
      paint('Namespaces', 'bold'),
      ...alignedRows(
        existing.map(namespace => namespaceRow(namespace, paint, early.has(namespace.name))),
        '  ',
      ),
    ],
    ...(others.length === 0 ? [] : [[`Not deployed by this stack: ${others.join(', ')}`]]),
  ];
}

function cloneRow({ index, existingSecret, existingSecretNamespace }: Clone): readonly Cell[] {
  const source =
    existingSecret === undefined
      ? 'does not name a Secret, Kyverno refuses the policy'
      : `${existingSecret} of ${existingSecretNamespace}`;
  return [[`cloned--image-pull-secret-${index}`], [printable(source)]];
}

function namespaceRow(
  namespace: NamespaceReach,
  paint: TextStyle['paint'],
  isEarly: boolean,
): readonly Cell[] {
  const { name, receives, components, profile } = namespace;
  const pods = [...components.map(({ title }) => title), ...(profile ? ['profile'] : [])];
  return [
    [printable(name)],
    [receives ? 'receives' : 'nothing', text => paint(text, receives ? 'green' : 'yellow')],
    [
      isEarly ? 'but not Pods that start before Kyverno' : printable(reasonOf(namespace)),
      text => paint(text, 'dim'),
    ],
    [printable(pods.join(', ')), text => paint(text, 'dim')],
  ];
}

function reasonOf({ verdict, by }: NamespaceReach): string {
  if (verdict === 'excluded') return `excluded by ${by === '' ? '""' : (by ?? '')}`;
  return by ?? '';
}
