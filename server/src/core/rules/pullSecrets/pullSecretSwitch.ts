import type { StackView } from '../../analysis/stackView.ts';
import { blockValue, pullSecretsBlock, pullSecretsPath } from '../../pullSecrets/block.ts';
import { userSay } from '../../findings/location.ts';
import { isShared, textPath } from '../image/rewriteChanges.ts';
import type { Fix } from '../../findings/finding.ts';

/** Whether a layer switches the policy off in so many words. */
export function isSwitchedOff(view: StackView): boolean {
  return blockValue(view, 'enabled') === false && userSay(pullSecretsBlock(view).enabled) !== undefined;
}

/** Sets `enabled: true` where a layer says otherwise, else beside the credentials. */
export function enablePolicy(view: StackView): readonly Fix[] {
  const { enabled, registryCredentials } = pullSecretsBlock(view);
  const layer = userSay(enabled)?.layer ?? registryCredentials?.winner.layer;
  const path = [...textPath(pullSecretsPath), 'enabled'];
  if (layer === undefined || isShared(layer, path)) return [];
  return [
    {
      title: 'Enable the policy',
      applies: 'choice',
      changes: () => [{ kind: 'set', layer, path, value: true }],
    },
  ];
}
