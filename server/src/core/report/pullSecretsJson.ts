import type { PullSecretsExplanation } from '../pullSecrets/explain.ts';
import type { SecretCover, SecretMatrix } from '../pullSecrets/matrix.ts';
import type { ChartSnippet } from '../rules/pullSecrets/chartSnippet.ts';
import type { Value } from '../yaml/value.ts';
import { schema } from './json.ts';

export interface PullSecretsJson {
  readonly schema: typeof schema;
  readonly release: string;
  readonly rendered: boolean;
  /** Why it is not rendered; null when it is. */
  readonly reason: string | null;
  /** deployKF or Helm stops with an error. */
  readonly fails: boolean;
  /**
   * Why the cluster refuses what is rendered, so that no namespace receives anything; null when it does not.
   */
  readonly refused: string | null;
  /** A part of the block is filled in by another tool. */
  readonly templated: boolean;
  readonly excluded: readonly string[];
  readonly namespaces: readonly NamespaceJson[];
  readonly clones: readonly CloneJson[];
  /** The namespaces that pull images that need credentials. */
  readonly coverage: readonly CoverageJson[];
  /** Values that hand charts the Secrets that the policy does not bring to their Pods; null when nothing is to be handed. */
  readonly chartValues: Value;
}

export interface NamespaceJson {
  readonly name: string;
  /** By what is rendered: where the cluster refuses it, see `refused`, none really does. */
  readonly receives: boolean;
  /** The pattern that excludes it, or the reason; null when it receives. */
  readonly by: string | null;
  /** Whether it is there with the components that are enabled. */
  readonly exists: boolean;
}

export interface CloneJson {
  readonly index: number;
  /** null: the entry names none. */
  readonly existingSecret: string | null;
  readonly existingSecretNamespace: string;
}

export interface CoverageJson {
  readonly namespace: string;
  /** How many images that need credentials are pulled there. */
  readonly images: number;
  /** What each Secret that is to be copied does there, by `namespace/name`. */
  readonly secrets: readonly { readonly secret: string; readonly cover: SecretCover }[];
}

/** What the policy does, exactly as `pull-secret --explain --format json` prints it. */
export function pullSecretsJson(
  explanation: PullSecretsExplanation,
  matrix: SecretMatrix,
  snippet: ChartSnippet | undefined,
): PullSecretsJson {
  const { release, rendered, reason, fails, refused, templated, excluded, namespaces, clones } = explanation;
  return {
    schema,
    release,
    rendered,
    reason: reason ?? null,
    fails,
    refused: refused ?? null,
    templated,
    excluded,
    namespaces: namespaces.map(({ name, receives, by, exists }) => ({
      name,
      receives,
      by: by ?? null,
      exists,
    })),
    clones: clones.map(({ index, existingSecret, existingSecretNamespace }) => ({
      index,
      existingSecret: existingSecret ?? null,
      existingSecretNamespace,
    })),
    coverage: matrix.rows.map(({ namespace, images, covers }) => ({
      namespace,
      images,
      secrets: covers.map((cover, index) => ({ secret: matrix.secrets[index] ?? '', cover })),
    })),
    chartValues: snippet?.values ?? null,
  };
}
