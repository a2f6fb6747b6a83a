/**
 * The names of values that are credentials wherever they are: of Secrets, of Docker, of deployKF's own
 * values, of Dex's connectors, and of environment variables. What names a Secret or a key in it
 * (`existingSecret`, `secretName`) is not confidential.
 */
export function isConfidentialKey(key: string): boolean {
  return isSecretPart(key) || (credential.test(key) && !noCredential.test(key));
}

/** Everything below is confidential, and not only a text after it. */
export function isSecretPart(key: string): boolean {
  return /^(?:stringData|\.?dockerc(?:onfigjson|fg)|auths|identitytoken|registrytoken|literals)$/i.test(key);
}

/**
 * The keys of the map that some credentials of deployKF are,
 * which hold the credential and not where it comes from.
 */
export function isCredentialItself(key: string): boolean {
  return !/^(?:existing|generate|type$|namespace$|enabled$)|name$/i.test(key);
}

/**
 * Sections of deployKF that hold a name and a password: a text in their place,
 * or an unknown key in them, may be the password.
 */
export function isCredentialSection(key: string): boolean {
  return /^(?:auth|cookie|rootUser|kubeflowUser|staticPasswords)$/i.test(key);
}

/** What is beside a password and may be read. */
export function isPublicPart(key: string): boolean {
  return !isCredentialItself(key) || /^(?:e?mail|user(?:name|id)?|host|port)$/i.test(key);
}

/** Sections and lists that have credentials somewhere below: a text in their place, or as an item, may be one. */
export function leadsToCredentials(key: string): boolean {
  return /^(?:config|connectors|clients|openid|identity)$/i.test(key);
}

/** A text that a missing colon has made of a credential: `password hunter2`. */
export function isTornCredential(text: string): boolean {
  const [word = '', ...rest] = text.split(/[\s=]+/);
  return (
    (rest.length > 0 && (isConfidentialKey(word) || isCredentialSection(word))) ||
    /^pass(?:word|wd)\S/i.test(word)
  );
}

const credential =
  /(?:passw(?:or)?d|passphrase|secret|token|bind_?pw|(?:^|[-_.])(?:pass|pw|pwd)|(?:access|secret|private|api|encryption|signing)[-_.]?key(?:[-_.]?id)?)$/i;

const noCredential = /^(?:existing|generate|has|use|enable)|^(?:idToken|refreshToken|imagePullSecret)$/i;
