import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const user = 'user';
/** Holds what a careless split or a shell would break on. */
export const password = 's3cret:with$colon';
/** The password, as `htpasswd -B` writes it. */
export const htpasswd = `${user}:$2b$04$v0hzLunUSfeCXusunAFLIu4pdx7rdQAcAVjLSSJff1APts3lhoAF6\n`;

/** Writes a docker config with the login of the tests for these hosts; the answer is its path. */
export function writeDockerConfig(
  folder: string,
  hosts: readonly string[],
  login = `${user}:${password}`,
): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'config.json');
  const auth = Buffer.from(login).toString('base64');
  writeFileSync(file, JSON.stringify({ auths: Object.fromEntries(hosts.map(host => [host, { auth }])) }));
  return file;
}
