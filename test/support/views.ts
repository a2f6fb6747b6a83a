import { Catalogs } from '../../server/src/host/catalogs.ts';
import type { RegistryPolicy } from '../../server/src/core/policy/types.ts';
import type { KnownSecret } from '../../server/src/core/pullSecrets/workspaceSecrets.ts';
import { StackView } from '../../server/src/core/policy/view.ts';
import { fileLayer } from '../../server/src/core/stack/layer.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';

export const catalogs = new Catalogs();

/** The view of a stack of texts, the weakest first, in files `file:///0.yaml`, `file:///1.yaml`, … */
export function viewOf(
  texts: readonly string[],
  options: {
    readonly release?: string;
    readonly policy?: RegistryPolicy;
    readonly secrets?: readonly KnownSecret[];
  } = {},
): StackView {
  const release = options.release ?? catalogs.newest;
  const catalog = catalogs.of(release);
  if (catalog === undefined) throw new Error(`no catalog of ${release}`);
  const layers = texts.map((text, index) => fileLayer(new ValuesFile(`file:///${index}.yaml`, text), `${index}.yaml`));
  const stack = { id: 'test', name: '', kind: 'given' as const, release, catalog: release, layers };
  return new StackView(stack, {
    catalog,
    policy: options.policy,
    retired: catalogs.retired,
    secrets: options.secrets,
  });
}
