import type { FindLogin } from './login.ts';
import type { Trust } from './trust.ts';

/** What this machine knows of registries: logins and certificates. Nothing here is called before the user said so. */
export interface RegistryAccess {
  /** `untrusted`: the URIs of folders whose programs are not run. `complain`: says what is wrong with logins, without credentials. */
  findLogin(untrusted: readonly string[], complain: (message: string) => void): FindLogin;
  /** `authorities`: PEM texts that are trusted besides. */
  trustOf(host: string, authorities: readonly string[]): Trust;
  readAuthority(path: string): Promise<ReadAuthority>;
}

/** The PEM text of an authority that the user named, or a phrase to put after the name of the file. */
export type ReadAuthority =
  { readonly kind: 'pem'; readonly text: string } | { readonly kind: 'none'; readonly problem: string };
