/** One way to log in that a registry offers. */
export interface Challenge {
  /** In lower case: `basic`, `bearer`. */
  readonly scheme: string;
  /** Without quotes and escapes; names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads `WWW-Authenticate` (RFC 9110, 11.6.1), also with several schemes in one header and with addresses without quotes,
 * as registries write them.
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { readonly scheme: string; readonly parameters: Map<string, string> }[] = [];
  const word = /[ \t,]*([^\s,="]+)[ \t]*(=?)[ \t]*/y;
  while (word.lastIndex < header.length) {
    const start = word.lastIndex;
    const found = word.exec(header);
    if (found === null) {
      // What belongs to nothing, such as a lone quote.
      word.lastIndex = start + 1;
      continue;
    }
    const [, name = '', sign] = found;
    if (sign !== '=') {
      challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
      continue;
    }
    const { value, end } = readValue(header, word.lastIndex);
    word.lastIndex = end;
    challenges.at(-1)?.parameters.set(name.toLowerCase(), value);
  }
  return challenges;
}

function readValue(header: string, start: number): { readonly value: string; readonly end: number } {
  const pattern = header[start] === '"' ? /"((?:[^"\\]|\\[^])*)"?/y : /([^\s,]*)/y;
  pattern.lastIndex = start;
  const written = pattern.exec(header);
  const value = (written?.[1] ?? '').replace(/\\([^])/g, header[start] === '"' ? '$1' : '\\$1');
  return { value, end: start + (written?.[0].length ?? 0) };
}
