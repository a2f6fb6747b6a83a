import { configuredBlock, pullSecretsPath, type Credential } from '../pullSecrets/block.ts';
import { extraSecrets } from '../pullSecrets/extraSecrets.ts';
import { secretSources } from '../pullSecrets/sources.ts';
import type { LocatedSecret } from '../secrets/secretsInFile.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { touches, type Span } from '../text/span.ts';
import { parsePath, type Path } from '../yaml/nodes.ts';

const credentialsPath = parsePath(`${pullSecretsPath}.registryCredentials`);

/** The entry of `registryCredentials` whose `existingSecret` is at a value path. */
function credentialAt(view: StackView, path: Path): Credential | undefined {
  const [index, key, ...rest] = path.slice(credentialsPath.length);
  const isEntry = credentialsPath.every((step, at) => path[at] === step) && key === 'existingSecret';
  if (!isEntry || rest.length > 0) return undefined;
  return configuredBlock(view)?.credentials.find(credential => credential.index === index);
}

/** The Secrets that an `existingSecret` at a value path may stand for; empty for other paths. */
export function secretsAt(view: StackView, path: Path): readonly LocatedSecret[] {
  const credential = credentialAt(view, path);
  const source = credential && secretSources(view)(credential);
  if (source?.kind !== 'found') return [];
  return source.secrets;
}

/**
 * Where a stack's entries name a Secret, and which they may stand for. Names that are elsewhere are left out.
 */
export interface NamedSecret {
  readonly file: ValuesFile;
  /** The value of `existingSecret`, in that file. */
  readonly span: Span;
  readonly secrets: readonly LocatedSecret[];
}

export function namedSecrets(view: StackView): readonly NamedSecret[] {
  const credentials = configuredBlock(view)?.credentials ?? [];
  if (credentials.length === 0) return [];
  const sourceOf = secretSources(view);
  return credentials.flatMap(credential => {
    const say = credential.name?.winner;
    const source = sourceOf(credential);
    if (say?.layer.file === undefined || say.inherited || source.kind !== 'found') return [];
    return [{ file: say.layer.file, span: say.written.span, secrets: source.secrets }];
  });
}

/** The Secret whose name is at an offset of a text, in a file of the workspace or in `extraManifests`. */
export function secretNamedAt(
  snapshot: Snapshot,
  file: ValuesFile,
  offset: number,
): LocatedSecret | undefined {
  const isHere = ({ uri, span }: LocatedSecret): boolean => uri === file.uri && touches(span, offset);
  const secret = snapshot.state.secrets?.find(isHere);
  if (secret !== undefined || !file.text.includes('extraManifests')) return secret;
  for (const view of snapshot.viewsByChoice(file.uri)) {
    const extra = extraSecrets(view).deployed.find(isHere);
    if (extra !== undefined) return extra;
  }
  return undefined;
}

export function isSameSecret(left: LocatedSecret, right: LocatedSecret): boolean {
  return left.uri === right.uri && left.span.start === right.span.start;
}
