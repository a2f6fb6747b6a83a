import { splitFlag, words, type Syntax, type Word } from './commandWords.ts';
import type { Variables } from './variables.ts';

/** A container that a command is run in, as `docker run` starts it. */
export interface Container {
  /** Folders of the host, as a script would write them, by their place in the container; the deepest first. */
  readonly mounts: readonly Mount[];
  /** `undefined`: that of the image, which nothing here tells. */
  readonly workingFolder: string | undefined;
}

interface Mount {
  readonly target: string;
  readonly source: string;
}

/** Of a text, the part before a command in which it may be started in a container. */
const longestStart = 5000;

/** Where the words after the last `docker run` in a part of a text start; `undefined`: there is none. */
export function findContainerRun(text: string, after: number, before: number): number | undefined {
  const from = Math.max(after, before - longestStart);
  const starts = text
    .slice(from, before)
    .matchAll(/(?<![\w-])(?:docker|podman|nerdctl)(?:\.exe)?[ \t]+(?:container[ \t]+)?run(?=[\s\\`])/g);
  const last = [...starts].at(-1);
  return last && from + last.index + last[0].length;
}

interface RunStart {
  readonly syntax: Syntax;
  readonly from: number;
  readonly within: string | undefined;
  readonly folded: string | undefined;
  /** Where the command is that the container runs. */
  readonly call: number;
  readonly variables: Variables;
}

/** The container of a command; `undefined` where the words after `docker run` do not go on to it. */
export function containerOf(text: string, { call, variables, ...start }: RunStart): Container | undefined {
  const { from } = start;
  const end = Math.min(text.length, call + longestName);
  const found = words(withoutCommands(text.slice(from, end)), { ...start, from: 0, to: end - from });
  const last = found.findIndex(({ span }) => from + span.end >= call);
  const image = found[last];
  if (image === undefined || from + image.span.start > call + 1) return undefined;
  const mounts: Mount[] = [];
  let workingFolder: string | undefined;
  for (const [flag, value] of flagsIn(found.slice(0, last))) {
    const filled = variables.fillIn(value, call);
    if (flag === '-v' || flag === '--volume') mounts.push(...volumeOf(filled));
    if (flag === '--mount') mounts.push(...mountOf(filled));
    if (flag === '-w' || flag === '--workdir') workingFolder = filled;
  }
  return { mounts: mounts.toSorted((a, b) => b.target.length - a.target.length), workingFolder };
}

/** Of an image or a program. */
const longestName = 200;

/** Without what commands such as `$(id -u)` print, at the same offsets. */
function withoutCommands(text: string): string {
  return text.replace(/\$\([^()\n]{0,100}[^()\w\n][^()\n]{0,100}\)/g, command =>
    '$'.padEnd(command.length, '_'),
  );
}

const flags = new Set(['-v', '--volume', '--mount', '-w', '--workdir']);

function flagsIn(args: readonly Word[]): readonly (readonly [flag: string, value: string])[] {
  const found: [string, string][] = [];
  for (let index = 0; index < args.length; index++) {
    const [flag, inline] = splitFlag(args[index]);
    if (!flags.has(flag)) continue;
    const value = inline ?? args[++index];
    if (value !== undefined) found.push([flag, value.text]);
  }
  return found;
}

/** `source:target:options`. */
function volumeOf(text: string): readonly Mount[] {
  const [, source = '', target = ''] = /^(:?[^:]*):([^:]+)(?::[\w,]+)?$/.exec(text) ?? [];
  return mountFrom(source, target);
}

/** `type=bind,source=x,target=y`. */
function mountOf(text: string): readonly Mount[] {
  const parts = new Map(text.split(',').map(part => [part.replace(/=.*/s, ''), part.replace(/^[^=]*=/, '')]));
  const source = parts.get('source') ?? parts.get('src') ?? '';
  const target = parts.get('target') ?? parts.get('destination') ?? parts.get('dst') ?? '';
  if (parts.get('type') !== 'bind') return [];
  return mountFrom(source, target);
}

/** What is not a path is the name of a volume. */
function mountFrom(source: string, target: string): readonly Mount[] {
  if (!/^(?:\.{1,2}(?:\/|$)|:?\/|:$)/.test(source) || /[$`]/.test(source + target)) return [];
  if (!target.startsWith('/')) return [];
  return [{ source: trimEnd(source), target: trimEnd(target) }];
}

function trimEnd(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

/** A path of the container as the script would write it; where no mount has it, it is as it was. */
export function hostPath({ mounts, workingFolder }: Container, path: string): string {
  if (!path.startsWith('/') && workingFolder === undefined) return path;
  const absolute = path.startsWith('/') ? path : `${trimEnd(workingFolder ?? '')}/${path}`;
  const whole = withoutDots(absolute);
  const mount = mounts.find(({ target }) => whole.startsWith(`${target}/`));
  if (mount === undefined) return path;
  const below = whole.slice(mount.target.length + 1);
  const inHost = `${mount.source}/${below}`;
  if (inHost === `./${path.replace(/^\.\//, '')}`) return path;
  return inHost;
}

function withoutDots(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return `/${steps.join('/')}`;
}
