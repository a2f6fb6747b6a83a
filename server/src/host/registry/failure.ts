import type { HttpAnswer } from './transport.ts';

/** The code of an answer that is larger than anyone wants. */
export const tooLong = 'BODY_TOO_LONG';

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke off',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the host',
  ETIMEDOUT: 'it does not answer',
  EPROTO: 'it does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  [tooLong]: 'its answer is larger than 4 MiB',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
  'CERT_UNTRUSTED',
]);

/**
 * By the code of Node's error alone: its text may quote what was sent. `where`: how the file of an authority can be named, to put
 * after "name the file".
 */
export function failureOf(code: string, where = 'with --registry-ca'): HttpAnswer {
  if (code === 'ABORT_ERR') return { kind: 'failed', reason: 'stopped', isTls: false };
  if (untrusted.has(code)) {
    const reason = `its certificate is not trusted: name the file of its authority ${where}`;
    return { kind: 'failed', reason, isTls: true };
  }
  if (code.startsWith('ERR_OSSL')) {
    const reason = 'a certificate or key for it in certs.d cannot be read';
    return { kind: 'failed', reason, isTls: true };
  }
  const isTls = code.startsWith('CERT_') || code === 'ERR_TLS_CERT_ALTNAME_INVALID';
  return {
    kind: 'failed',
    reason: reasons[code] ?? `it cannot be reached (${code || 'no reason given'})`,
    isTls,
  };
}
