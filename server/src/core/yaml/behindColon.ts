import type { YamlNode, YamlPair } from './nodes.ts';

/**
 * Where a missing or tagged value goes; `undefined` where there is no colon after the key,
 * or an anchor and a tag after that.
 */
export function behindColon({ key, value }: YamlPair, text: string): number | undefined {
  const colon = /^[ \t]*:/.exec(text.slice(key.span.end, key.span.end + 64))?.[0].length;
  if (colon === undefined) return undefined;
  const at = key.span.end + colon;
  if (value.anchor !== undefined) return behindAnchor(value, text, at);
  if (value.tag === undefined) return at;
  if (value.span.start < value.span.end && /^[ \t]+!\S*[ \t]+$/.test(text.slice(at, value.span.start)))
    return at;
  return undefined;
}

/** Where the value of an anchor that has none goes; `undefined` where anything else is there. */
function behindAnchor(
  { anchor = '', tag, span }: YamlNode,
  text: string,
  colonEnd: number,
): number | undefined {
  if (tag !== undefined || span.start < span.end) return undefined;
  const found = /^[ \t]+&(\S+)(?=\s|$)/.exec(text.slice(colonEnd, colonEnd + anchor.length + 64));
  return found?.[1] === anchor ? colonEnd + found[0].length : undefined;
}
