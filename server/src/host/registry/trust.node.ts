import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import type { Trust } from './trust.ts';

/** Where docker, podman and containerd have certificates by host (docs.docker.com, "Verify repository client with certificates"). */
const folders = ['/etc/docker/certs.d', '/etc/containers/certs.d'];

/**
 * The certificates for a host with its port, by those that were given and those of the machine. `given`: PEM texts.
 */
export function trustOf(host: string, given: readonly string[], env: NodeJS.ProcessEnv): Trust {
  const own = folders.flatMap(folder => filesOf(join(folder, host)));
  const textOf = (name: string): string | undefined => own.find(file => file.name === name)?.text;
  const authorities = [...given, ...own.filter(({ name }) => name.endsWith('.crt')).map(({ text }) => text)];
  const cert = textOf('client.cert');
  const key = textOf('client.key');
  if (authorities.length === 0) return { ca: undefined, cert, key };
  // A list of its own takes the place of Node's, also of what the user has added to it.
  const extra = env['NODE_EXTRA_CA_CERTS'];
  const added = extra === undefined || extra === '' ? undefined : readText(extra);
  return { ca: [...rootCertificates, ...(added === undefined ? [] : [added]), ...authorities], cert, key };
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

function filesOf(folder: string): readonly NamedText[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap(name => {
    const text = /\.(?:crt|cert|key)$/.test(name) ? readText(join(folder, name)) : undefined;
    return text === undefined ? [] : [{ name, text }];
  });
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
