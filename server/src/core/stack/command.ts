/** A `deploykf generate` command line found in a script. */
export interface GenerateCommand {
  /** UTF-16 offset of the word `generate`. */
  readonly offset: number;
  readonly release: string | undefined;
  /** A folder or `.zip` of the generator's source. */
  readonly sourcePath: string | undefined;
  /** The values files as written, the weakest first. */
  readonly values: readonly string[];
}

/**
 * The `deploykf generate` commands in the text of a shell script, Makefile or CI file: continued lines, quotes, `--flag=x`,
 * `-f`, and commas in `--values` as the command itself splits them (a cobra StringSlice). A value that only the shell
 * knows, such as `$VALUES`, is left out, and the command with it when nothing else is left.
 */
export function findCommands(text: string): readonly GenerateCommand[] {
  if (!text.includes('deploykf')) return [];
  return [...text.matchAll(/\bdeploykf(?:-[\w.]+)?["']?(?:[ \t]|\\\r?\n[ \t]*)+generate\b/g)].flatMap(match => {
    const offset = match.index + match[0].length - 'generate'.length;
    const isComment = /(^|\s)#[^\n]*$/.test(text.slice(text.lastIndexOf('\n', match.index) + 1, match.index));
    const command = isComment ? undefined : readFlags(offset, words(text, match.index + match[0].length));
    return command !== undefined && command.values.length > 0 ? [command] : [];
  });
}

function readFlags(offset: number, args: readonly string[]): GenerateCommand | undefined {
  const values: string[] = [];
  let release: string | undefined;
  let sourcePath: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const [flag, inline] = splitFlag(args[index] ?? '');
    const takes = ['--source-version', '-V', '--source-path', '--values', '-f', '--output-dir', '-O'].includes(flag);
    if (!takes) continue;
    const value = inline ?? args[++index] ?? '';
    if (flag === '--values' || flag === '-f') values.push(...value.split(',').filter(isKnown));
    if ((flag === '--source-version' || flag === '-V') && isKnown(value)) release = value.replace(/^v/, '');
    if (flag === '--source-path' && isKnown(value)) sourcePath = value;
  }
  return { offset, release, sourcePath, values };
}

function isKnown(value: string): boolean {
  return value !== '' && !/[$`{]/.test(value);
}

function splitFlag(word: string): readonly [flag: string, value?: string] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

/** The words of a shell command from an offset to its end: a line end that is not escaped, `;`, `|`, `&`, `#` or `)`. */
function words(text: string, from: number): readonly string[] {
  const found: string[] = [];
  const token = /[ \t]+|\\\r?\n[ \t]*(?:#[^\n]*\n)?|"(?:[^"\\]|\\[^])*"|'[^']*'|\\[^\r\n]|[^\s"'\\;|&)#]+|#/y;
  token.lastIndex = from;
  let word = '';
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [part] = match;
    if (part === '#' && word === '') break;
    if (/^[ \t]|^\\\r?\n/.test(part)) {
      if (word !== '') found.push(word);
      word = '';
    } else word += unquote(part);
  }
  return word === '' ? found : [...found, word];
}

function unquote(part: string): string {
  if (part.startsWith('"'))
    return part
      .slice(1, -1)
      .replace(/\\(["\\$`])/g, '$1')
      .replace(/\\\r?\n/g, '');
  if (part.startsWith("'")) return part.slice(1, -1);
  return part.startsWith('\\') ? part.slice(1) : part;
}
