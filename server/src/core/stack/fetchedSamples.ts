import type { Variables } from './variables.ts';

/** One of upstream's files that a script downloads. */
export interface FetchedSample {
  /** Where it puts the file, as written. */
  readonly path: string;
  /** The tag that it is taken from. */
  readonly revision: string;
  /** What upstream calls it. */
  readonly name: string;
}

const address =
  /https?:\/\/(?:raw\.githubusercontent\.com\/deployKF\/deployKF|github\.com\/deployKF\/deployKF\/raw)\/(?:refs\/tags\/)?([^/\s"'`]{1,100})\/([\w.-]{1,100})/gi;

/** What an address leads to, if that is one of upstream's files. */
export function sampleAt(url: string): Omit<FetchedSample, 'path'> | undefined {
  const [found] = url.matchAll(address);
  if (found?.[0] !== url) return undefined;
  const [, revision = '', name = ''] = found;
  return { revision, name };
}

/** Of a command, the part before and after an address that says where the file is put. */
const longestCommand = 500;

/** Upstream's files that a script gets with curl, wget or the like. */
export function fetchedSamples(text: string, variables: Variables): readonly FetchedSample[] {
  const found: FetchedSample[] = [];
  for (const match of text.matchAll(address)) {
    const [whole, revision = '', name = ''] = match;
    const written = outputIn(commandAround(text, match.index, match.index + whole.length)) ?? name;
    const fill = (word: string): string => variables.fillIn(word, match.index);
    found.push({ path: fill(written), revision: fill(revision), name });
  }
  return found;
}

/** The line, with those that it continues and that continue it. */
function commandAround(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - longestCommand), start);
  const after = text.slice(end, end + longestCommand);
  const from = before.split(/(?<![\\^`])\r?\n|&&|;|\|\|/).at(-1) ?? '';
  return from + (after.split(/(?<![\\^`])\r?\n|&&|;|\|\|/)[0] ?? '');
}

function outputIn(command: string): string | undefined {
  const written =
    /(?:\s-o|\s-O|\s--output|\s--output-document|\s-OutFile|>)[ =\\\r\n]{0,10}["']?([^\s"'|;&)<>]{1,200})/.exec(
      command,
    )?.[1];
  // `-O` of curl takes the name from the address.
  return written === undefined || /^-|^https?:/.test(written) ? undefined : written;
}
