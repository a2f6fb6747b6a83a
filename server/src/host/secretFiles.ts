/** What a docker config holds, or a phrase to put after its path. Neither is ever to be logged as a whole. */
export type DockerConfigFile =
  { readonly kind: 'config'; readonly config: unknown } | { readonly kind: 'none'; readonly problem: string };

/** Files with credentials. Nothing here is called before the user said so. */
export interface SecretFiles {
  /** The path of the docker config, which need not be there. */
  readonly dockerConfig: string;
  /** Never rejects. */
  readDockerConfig(): Promise<DockerConfigFile>;
  /** Writes a file that only its owner can read, over what is there; the answer is as of `writePrivateFile`. */
  write(uri: string, text: string): Promise<string | undefined>;
  /** Whether git would take the file in. */
  isSeenByGit(uri: string): Promise<boolean>;
}
