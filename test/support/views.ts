import { Catalogs } from '../../server/src/host/catalogs.ts';
import type { RegistryPolicy } from '../../server/src/core/policy/types.ts';
import type { LocatedSecret } from '../../server/src/core/secrets/secretsInFile.ts';
import { StackView } from '../../server/src/core/analysis/stackView.ts';
import { noSettings } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { fileLayer } from '../../server/src/core/stack/layer.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';

export const catalogs = new Catalogs();

/** The view of a stack of texts, weakest first, in files `file:///0.yaml`, `file:///1.yaml`, … */
export function viewOf(
  texts: readonly string[],
  options: {
    readonly release?: string;
    readonly policy?: RegistryPolicy;
    readonly secrets?: readonly LocatedSecret[];
  } = {},
): StackView {
  const release = options.release ?? catalogs.newest;
  const catalog = catalogs.of(release);
  if (catalog === undefined) throw new Error(`no catalog of ${release}`);
  const layers = texts.map((text, index) =>
    fileLayer(new ValuesFile(`file:///${index}.yaml`, text), `${index}.yaml`),
  );
  const stack = { id: 'test', name: '', kind: 'given' as const, release, catalog: release, layers };
  return new StackView(stack, {
    catalog,
    policy: options.policy,
    retired: catalogs.retired,
    secrets: options.secrets,
  });
}

/** A workspace with the texts `0.yaml`, `1.yaml`, … as it finds their stacks itself, and the URI of the last one. */
export function snapshotOf(texts: readonly string[]): { readonly snapshot: Snapshot; readonly uri: string } {
  const files = texts.map((text, index) => new ValuesFile(`file:///ws/${index}.yaml`, text));
  const uris = files.map(file => file.uri);
  const stack = {
    id: 'all',
    name: '',
    kind: 'given' as const,
    release: '0.1.5',
    uris,
    folder: 'file:///ws/',
  };
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings: noSettings, project: undefined }],
    files: new Map(files.map(file => [file.uri, file])),
    ...(texts.length > 1 && { given: [stack] }),
  });
  return { snapshot, uri: uris.at(-1) ?? '' };
}
