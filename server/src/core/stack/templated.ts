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
 * Whether a text has a part that Helm, gomplate, Jinja, envsubst, configure, Argo CD's vault plugin, spruce, or a step of a pipeline that
 * replaces `#{X}#`, `##X##`, `%%X%%` or `__X__` fill in, or is what SOPS decrypts.
 */
export function hasTemplate(text: string): boolean {
  return filledIn.test(text) || replaced.test(text);
}

const filledIn =
  /^ENC\[AES256_GCM,data:|\{[{%#]|\$\{|\$[A-Za-z_]\w*|@[A-Za-z_][\w.-]*@|<[^<>\s][^<>]*>|\$\([A-Za-z_][\w.]*\)|(?<!\$)\(\([^()\n]+\)\)/;

/** Names between two of the same signs, which no image has; `__X__` in capitals alone, since two underscores may be in any name. */
const replaced =
  /#\{[^{}\s]+\}|##[A-Za-z_][\w.-]*##|%%[A-Za-z_][\w.-]*%%|(?<![A-Za-z0-9_])__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__(?![A-Za-z0-9_])/;
