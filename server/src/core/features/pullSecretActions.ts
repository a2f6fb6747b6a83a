import type { StackFinding } from '../findings/finding.ts';
import { pullSecretsBlock, pullSecretsPath } from '../pullSecrets/block.ts';
import type { Span } from '../text/span.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { ActionDraft } from './codeAction.ts';

/** Making the Secret that an entry of the policy names and that is nowhere. */
export function pullSecretActions(
  snapshot: Snapshot,
  uri: string,
  here: readonly StackFinding[],
  span: Span,
): readonly ActionDraft[] {
  const missing = here.filter(({ code }) => code === 'pull-secrets-secret-missing');
  const [finding] = missing;
  if (finding === undefined) return [];
  const credentials = snapshot.viewsByChoice(uri).flatMap(view => pullSecretsBlock(view).credentials);
  const credential = credentials.find(
    ({ index }) => finding.path === `${pullSecretsPath}.registryCredentials[${index}]`,
  );
  if (credential?.secretName === undefined) return [];
  return [
    {
      title: 'Create Image Pull Secret…',
      kind: 'quickfix',
      isPreferred: true,
      findings: missing,
      step: { kind: 'pullSecret', name: credential.secretName, namespace: credential.secretNamespace },
      id: ['quickfix', span.start, span.end, finding.code, 'create'].join(':'),
      changes: () => [],
    },
  ];
}
