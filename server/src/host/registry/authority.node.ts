import { X509Certificate } from 'node:crypto';
import { describeUnread } from '../files.ts';
import { readTextFile } from '../readFile.node.ts';
import type { ReadAuthority } from './access.ts';

export async function readAuthority(path: string): Promise<ReadAuthority> {
  const file = await readTextFile(path, 'anywhere');
  if (file.kind !== 'text') return { kind: 'none', problem: describeUnread(file) };
  if (!/-----BEGIN CERTIFICATE-----/.test(file.text))
    return { kind: 'none', problem: 'has no certificate in PEM form' };
  if (isCertificate(file.text)) return { kind: 'pem', text: file.text };
  return { kind: 'none', problem: 'has a certificate that cannot be read' };
}

/** Whether the first of them can be read. */
function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).validTo !== '';
  } catch {
    return false;
  }
}
