import { addPullSecret } from '../../core/features/addPullSecret.ts';
import { offerPullSecret } from '../../core/features/offerPullSecret.ts';
import type { PullSecretsExplanation } from '../../core/pullSecrets/explain.ts';
import type { RewriteResult } from '../../protocol.ts';
import { addPullSecretRequest } from '../../protocol/pullSecrets.ts';
import { applyEdits, nothing } from '../applyEdits.ts';
import { defineHandler } from '../handler.ts';

export const addPullSecretHandler = defineHandler(
  addPullSecretRequest,
  async (session, { uri, name, namespace }): Promise<RewriteResult> => {
    const { workspace } = session;
    const file = workspace.document(uri)?.file;
    const view = file && workspace.snapshot.viewsByChoice(file.uri)[0];
    if (file === undefined || view === undefined) return nothing('The file is not a deployKF values file');
    const { problems } = offerPullSecret([view], { name, namespace });
    const problem = problems.name ?? problems.namespace;
    if (problem !== undefined) return nothing(problem);
    const options = { secret: { name, namespace }, uri: file.uri, isHanded: true };
    const added = addPullSecret(workspace.snapshot, view, options);
    if (added.kind === 'refused') return nothing(added.reason);
    if (added.kind === 'present')
      return nothing(outcome('The values already name the Secret', added.explanation));
    const refused = await applyEdits(session, { label: 'Add the image pull Secret', edits: added.edits });
    if (refused !== undefined) return nothing(refused);
    return { message: outcome(`"${name}" is in the values`, added.explanation), isApplied: true };
  },
);

function outcome(done: string, { rendered, reason, namespaces }: PullSecretsExplanation): string {
  if (!rendered) return `${done}, but the policy still does nothing: ${reason ?? ''}`;
  const receiving = namespaces.filter(({ exists, receives }) => exists && receives).length;
  return `${done}: ${receiving} ${receiving === 1 ? 'namespace receives' : 'namespaces receive'} it`;
}
