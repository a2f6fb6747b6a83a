import type { EffectiveValue } from './effective.ts';

export { mayBeFilledIn } from './filledIn.ts';

/** Whether a value is filled in by another tool before deployKF sees it. */
export function isTemplated(value: EffectiveValue | undefined): boolean {
  if (value === undefined || value.winner.layer.file === undefined) return false;
  const { node, layer } = value.winner;
  if (node.kind === 'scalar') return typeof node.value === 'string' && hasTemplate(node.value);
  return node.kind === 'map' && node.flow && layer.file?.text.startsWith('{{', node.span.start) === true;
}

/**
 * Whether a text has a part that Helm, gomplate, Jinja, envsubst, configure or Argo CD's vault plugin fill in, or is what SOPS
 * decrypts.
 */
export function hasTemplate(text: string): boolean {
  return /^ENC\[AES256_GCM,data:|\{[{%#]|\$\{|\$[A-Za-z_]\w*|@[A-Za-z_][\w.-]*@|<[^<>\s][^<>]*>/.test(text);
}
