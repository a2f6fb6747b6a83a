import type { Span } from '../text/span.ts';
import { pairsOf } from '../yaml/lookup.ts';
import type { YamlNode } from '../yaml/nodes.ts';
import { spansAt, type CiMap } from './ciMaps.ts';
import { isOwnPlace } from './ownPlaces.ts';
import type { Variables } from './variables.ts';

/** Where a text goes to another folder, or comes back from one. */
interface Step {
  readonly offset: number;
  readonly kind: 'cd' | 'pushd' | 'popd' | 'open' | 'close' | 'dir' | 'end';
  /** As written, with quotes; only that of `cd`, `pushd` and `dir` counts. */
  readonly argument: string;
}

/** A folder that is not known. */
const open = Symbol('open');
type Folder = string | typeof open;

/**
 * The folders that the commands of a script are run in, as it goes to them: `cd`, `pushd`, `( … )`, `working-directory` of a step, job or
 * workflow, `dir` of a Jenkinsfile or of a task. A line of a Makefile is a shell of its own, and so is a step. Takes time in proportion to
 * the text, if places are asked for in their order.
 */
export class WorkingFolders {
  readonly #variables: Variables;
  readonly #steps: readonly Step[];
  readonly #unitOf: (offset: number) => number;
  readonly #folderOf: (offset: number) => string | undefined;
  #next = 0;
  #unit = -1;
  #current: Folder = '';
  /** What is gone back to, innermost last. */
  #left: { readonly kind: Step['kind']; readonly folder: Folder }[] = [];

  constructor(text: string, { ciMaps, variables }: { ciMaps: readonly CiMap[]; variables: Variables }) {
    this.#variables = variables;
    this.#steps = stepsIn(text);
    this.#unitOf = unitsOf(text, ciMaps);
    const named = ciMaps.flatMap(folderIn);
    const folderAt = spansAt(named);
    this.#folderOf = offset => folderAt(offset)?.folder;
  }

  /**
   * The folder of a command, relative to where the script is run, without a slash at its end; `undefined`: the script says nothing of it,
   * or only a shell knows.
   */
  at(offset: number): string | undefined {
    for (let step = this.#steps[this.#next]; step !== undefined && step.offset < offset;) {
      this.#enter(step.offset);
      this.#take(step);
      step = this.#steps[++this.#next];
    }
    this.#enter(offset);
    return this.#current === open || this.#current === '' ? undefined : this.#current;
  }

  /** Another shell begins where it was started. */
  #enter(offset: number): void {
    const unit = this.#unitOf(offset);
    const folder = this.#folderOf(offset);
    if (unit === this.#unit) return;
    this.#unit = unit;
    this.#left = [];
    this.#current = folder === undefined ? '' : this.#from('', folder, offset);
  }

  #take({ kind, argument, offset }: Step): void {
    if (kind === 'open' || kind === 'pushd' || kind === 'dir')
      this.#left.push({ kind: kind === 'open' ? 'close' : kind, folder: this.#current });
    if (kind === 'cd' || kind === 'pushd' || kind === 'dir')
      this.#current = this.#from(this.#current, argument, offset);
    if (kind === 'close') this.#back('close');
    if (kind === 'popd') this.#back('pushd');
    if (kind === 'end') this.#back('dir');
  }

  #back(kind: Step['kind']): void {
    const at = this.#left.findLastIndex(left => left.kind === kind);
    const left = this.#left[at];
    if (left === undefined) return;
    this.#current = left.folder;
    this.#left.length = at;
  }

  #from(current: Folder, written: string, offset: number): Folder {
    const own = ownFolder.exec(written);
    const text = own === null ? unquoted(written) : `.${own[1] ?? ''}`;
    const path = this.#variables.fillIn(text, offset);
    if (path === '' || /^[-~/\\]|[$`*?"'{]|:\\/.test(path)) return open;
    // What was a folder of its own before its variable was filled in does not start from the current one.
    if (own !== null || (text.startsWith('$') && isOwnPlace(path))) return joined('', path);
    return current === open ? open : joined(current, path);
  }
}

/** What scripts work out from their own place, and what they go on to from there. */
const ownFolder =
  /^"?\$\([^\n]{0,200}\b(?:dirname|BASH_SOURCE|PSScriptRoot)\b[^\n]{0,200}\)"?(\/[\w./-]{0,200})?"?$/;

/** What `sh -c` runs, with the quotes and without; people write shorter texts. */
const innerShell =
  /(?<=(?:^|[\s/])(?:ba|da|k|z)?sh[ \t](?:-\w{1,8}[ \t]+)?-\w{0,8}c[ \t]{1,20})(["'])((?:(?!\1)[^\\]|\\[^]){0,4000})\1/g;

const stepPattern =
  /(["'])(?:(?!\1)[^\\\n]|\\[^])*\1|(?<=^|\s)#[^\n]*|(?:^[ \t]*(?:-[ \t]+)?(?:[\w-]{1,40}:[ \t]+)?[@+-]{0,3}|(?<=[;&|({])[ \t]*|(?<=\b(?:then|do|else))[ \t]+)(cd|pushd|popd)(?![\w./:=-])[ \t]*(?:--[ \t]+)?((?:"(?:\$\([^()\n]{0,300}\)|[^"\n])*"|'[^'\n]*'|\$\([^()\n]{0,100}(?:\([^()\n]{0,100}\)[^()\n]{0,100})?\)|[^\s;&|()"'])*)|\bdir[ \t]*\([ \t]*(["'][^"'\n]*["'])[ \t]*\)[ \t]*\{|[(){}]/gm;

function stepsIn(text: string): readonly Step[] {
  if (!/\b(?:cd|pushd|dir)\b/.test(text)) return [];
  const steps: Step[] = [];
  // What such a shell goes to is left again when it ends.
  const others = text.replace(innerShell, (whole, _, body: string, index: number) => {
    const inner = stepsOfText(body).map(step => ({ ...step, offset: index + 1 + step.offset }));
    if (inner.length === 0) return whole;
    steps.push({ offset: index, kind: 'open', argument: '' }, ...inner);
    steps.push({ offset: index + whole.length - 1, kind: 'close', argument: '' });
    return whole.replace(/[^\n]/g, ' ');
  });
  return [...steps, ...stepsOfText(others)].sort((one, other) => one.offset - other.offset);
}

function stepsOfText(text: string): readonly Step[] {
  const steps: Step[] = [];
  const braces: boolean[] = [];
  for (const { index: offset, 0: whole, 2: command, 3: argument = '', 4: dir } of text.matchAll(
    stepPattern,
  )) {
    if (command === 'cd' || command === 'pushd' || command === 'popd')
      steps.push({
        offset: offset + whole.lastIndexOf(command, whole.length - argument.length - 1),
        kind: command,
        argument,
      });
    else if (dir !== undefined) steps.push({ offset, kind: 'dir', argument: dir });
    else if (whole === '(') steps.push({ offset, kind: 'open', argument: '' });
    else if (whole === ')') steps.push({ offset, kind: 'close', argument: '' });
    if (dir !== undefined || whole === '{') braces.push(dir !== undefined);
    if (whole === '}' && braces.pop() === true) steps.push({ offset, kind: 'end', argument: '' });
  }
  return steps;
}

/** Tells places apart that no shell has in common, asked for in their order. */
function unitsOf(text: string, ciMaps: readonly CiMap[]): (offset: number) => number {
  if (ciMaps.length > 0) {
    const mapAt = spansAt(ciMaps.map(({ map }) => map.span));
    return offset => mapAt(offset)?.start ?? 0;
  }
  if (!/^[\w./%-]+[ \t]*:(?![=\w])/m.test(text) || !/^\t/m.test(text)) return () => 0;
  return offset => {
    let start = text.lastIndexOf('\n', offset - 1);
    while (start > 0 && /\\\r?$/.test(text.slice(Math.max(0, start - 2), start)))
      start = text.lastIndexOf('\n', start - 1);
    return start + 1;
  };
}

interface FolderOfMap extends Span {
  readonly folder: string;
}

const folderKeys = ['working-directory', 'workingDirectory', 'working_directory'];

/** The folder that a step, job or workflow is run in. */
function folderIn({ map, anchors }: CiMap): readonly FolderOfMap[] {
  const pairs = pairsOf(map, anchors);
  const at = (node: YamlNode | undefined, key: string): YamlNode | undefined =>
    node?.kind === 'map' ? pairsOf(node, anchors).get(key)?.pair.value : undefined;
  const ofRuns = at(pairs.get('defaults')?.pair.value, 'run');
  const keys = pairs.has('cmds') ? [...folderKeys, 'dir'] : folderKeys;
  for (const key of keys) {
    const node = pairs.get(key)?.pair.value ?? at(ofRuns, key);
    if (node?.kind === 'scalar' && node.type === 'string') return [{ ...map.span, folder: node.source }];
  }
  return [];
}

function unquoted(written: string): string {
  return written.replace(/["']/g, '');
}

/** A path from a folder on, without `.` and, where it is known, without `..`. */
function joined(folder: string, path: string): string {
  const steps: string[] = [];
  for (const step of `${folder}/${path}`.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && !/^(?:\.\.|:)$/.test(steps.at(-1) ?? '')) steps.pop();
    else steps.push(step);
  }
  return steps.join('/') || '.';
}
