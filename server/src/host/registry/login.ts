/** How to log in to a registry. Never to be shown or logged. */
export interface RegistryLogin {
  /** Tells logins apart, such as the key of a docker config. */
  readonly key: string;
  /** `user:password` in base64. */
  readonly basic?: string;
  /** What a token server takes in place of a password. */
  readonly identityToken?: string;
}

/** The login for a repository; `undefined`: there is none, so that it is asked for as anybody. */
export type FindLogin = (registry: string, repository: string) => Promise<RegistryLogin | undefined>;
