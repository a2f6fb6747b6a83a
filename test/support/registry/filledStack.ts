// A stack whose mirror is a real registry that has all of its images.
import assert from 'node:assert/strict';
import { CliWorkspace } from '../cli.ts';
import type { MirrorJson } from '../../../server/src/core/report/mirrorJson.ts';
import { imageForms, pushImage } from './pushImage.ts';
import type { TestRegistry } from './testRegistry.ts';

/** A stack of the release that pulls few images of its own, and all that cannot be switched off. */
export const values = 'deploykf_core:\n  deploykf_auth:\n    enabled: true\n';

export interface FilledStack {
  readonly workspace: CliWorkspace;
  readonly plan: MirrorJson;
}

export async function filledStack(registry: TestRegistry): Promise<FilledStack> {
  const workspace = new CliWorkspace({
    'ca.crt': registry.certificate?.cert ?? '',
    'prod.yaml': values,
    '.deploykf-values.yaml': `release: 0.1.5\nregistry:\n  rules:\n    - {source: "*", target: "${registry.host}/{registry}/{path}"}\nstacks:\n  - {name: prod, values: [prod.yaml]}\n`,
  });
  const plan = (await workspace.json(['mirror', '--stack', 'prod'])) as MirrorJson;
  assert.ok(plan.copies.length > 10);
  await Promise.all(
    plan.copies.map(({ target }, index) => {
      const { name, tag } = placeOf(target);
      return pushImage(registry, name, tag, { form: imageForms[index % 4] ?? 'oci' });
    }),
  );
  return { workspace, plan };
}

/** What a registry has an image under. */
export function placeOf(target: string | null): { readonly name: string; readonly tag: string } {
  const [, name = '', tag = ''] = /^[^/]+\/(.*):(.*)$/.exec(target ?? '') ?? [];
  return { name, tag };
}
