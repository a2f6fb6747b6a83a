import { plainRelease } from '../catalog/release.ts';
import type { Variables } from './variables.ts';

/** The release of deployKF that a script gets the generator of. */
export interface FetchedGenerator {
  readonly release: string;
  /** UTF-16 offset of the first place that says so. */
  readonly offset: number;
}

/** What names a release of deployKF's generator: the archive as it is published, one of the repository, or a clone. */
const named = [
  /\bdeploykf-((?:\d|\$)[^\s"'`/\\;&|]{0,80}?)-generator\.zip/gi,
  /\bdeployKF\/deployKF\/(?:archive\/(?:refs\/tags\/)?|releases\/download\/)([^\s"'`/]{1,80}?)(?:\/|\.tar\.gz|\.tgz|\.zip)/gi,
  /\bgit clone\b(?=[^\n;&|]{0,400}\bdeployKF\/deployKF\b)[^\n;&|]{0,300}?(?:--branch|-b)[ =]["']?([^\s"'`]{1,80})/gi,
  /\bgh release download ["']?([^\s"'`-][^\s"'`]{0,80})(?=[^\n;&|]{0,400}\bdeployKF\/deployKF\b)/gi,
];

/** `undefined`: it gets none, several, or one whose release is not known. Takes time in proportion to the text. */
export function fetchedGenerator(text: string, variables: Variables): FetchedGenerator | undefined {
  const found: FetchedGenerator[] = [];
  for (const pattern of named)
    for (const { index: offset, 1: written = '' } of text.matchAll(pattern)) {
      const lineStart = text.lastIndexOf('\n', offset) + 1;
      if (/(?:^|\s)#/.test(text.slice(Math.max(lineStart, offset - 500), offset))) continue;
      found.push({ release: plainRelease(variables.fillIn(written, offset)), offset });
    }
  const [first, ...others] = found.toSorted((a, b) => a.offset - b.offset);
  if (first === undefined || others.some(({ release }) => release !== first.release)) return undefined;
  return /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(first.release) ? first : undefined;
}
