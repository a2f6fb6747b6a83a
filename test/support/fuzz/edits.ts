import { editBetween, applyFuzzEdit, type FuzzEdit } from './cases.ts';
import type { Random } from './random.ts';

/** Pieces that have a meaning in some language that is read here, or had one for some parser once. */
const tokens: readonly [string, ...string[]] = [
  ...([
    '####',
    '# ',
    ' #',
    '|+2',
    '|',
    '>',
    '|-',
    '>+',
    '|9',
    '&a ',
    '*a',
    '*a ',
    '<<: *a',
    '<<:',
    '? ',
    '?',
    ': ',
  ] as const),
  ...[
    ':',
    '- ',
    '-',
    '!!binary ',
    '!!str ',
    '!!null',
    '!',
    '!<x> ',
    '%YAML 1.2\n',
    '%TAG ! x\n',
    '---',
    '---\n',
    '...',
  ],
  ...[
    '\n---\n',
    '\n...\n',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
    '\\',
    '\\"',
    "''",
    '`',
    '@',
    '~',
    'null',
    '{}',
    '[]',
  ],
  ...[
    '{{ .Values.x }}',
    '{{- if .x }}',
    '{{- end }}',
    '{{<',
    '>}}',
    '{{',
    '}}',
    '$(',
    '${x}',
    '$x',
    '\t',
    '  ',
    ' ',
  ],
  ...[
    '\r',
    '\r\n',
    '\n',
    '\u0085',
    '\u2028',
    '\u2029',
    '\uFEFF',
    '\0',
    '\u0007',
    '\u001b[31m',
    '\u007f',
    '\ud800',
  ],
  ...[
    '\udc00',
    '\ud83d\ude00',
    'é',
    'e\u0301',
    '\u202e',
    '\u00a0',
    '\u3000',
    'constructor',
    '__proto__',
    'toString',
  ],
  ...[
    'true',
    'yes',
    'on',
    '1.10',
    '0x1F',
    '1e3',
    '1_000',
    '.inf',
    '2024-05-10',
    '012',
    '0o7',
    '-',
    '+',
    '=',
    '<<',
  ],
  ...[
    'kubeflow_tools:',
    'deploykf_core: {}',
    'deploykf_dependencies:\n  istio:\n',
    '\n  half',
    '\nkubef',
    'images:',
  ],
  ...[
    'repository: ',
    'tag: ',
    'tag: ~',
    'pullPolicy: ',
    'existingSecret: ',
    '@sha256:',
    ':latest',
    'docker.io/',
  ],
  ...[
    'deploykf generate ',
    ' \\\n',
    ' `\n',
    '--values ',
    '-f ',
    '-V 0.1.5 ',
    '{path}',
    '{registry}',
    '{',
    '*',
    '**/',
  ],
  ...[
    '!',
    '[a-',
    '[!',
    '[[:alpha:]]',
    '\\ ',
    '/',
    '//',
    ':',
    '::',
    '@',
    'kind: Application\n',
    'string: |\n',
  ],
  ...[
    '# deploykf-values-ignore yaml-syntax',
    'kind: Secret\n',
    'stringData:\n',
    '.dockerconfigjson: ',
    'e30=',
  ],
];

const repeated = [
  ' ',
  '#',
  '-',
  ':',
  '/',
  '[',
  '{',
  '"',
  "'",
  '\n',
  '\r',
  '\t',
  'a',
  '&',
  '*',
  '!',
  '|',
  '\\',
  ' #',
  '- ',
  '? ',
] as const;

/** What somebody does, as edits of the text that the edits before left. */
type Deed = (random: Random, text: string, world: DeedWorld) => Iterable<FuzzEdit>;

interface DeedWorld {
  /** Real lines to type and paste. */
  readonly lines: readonly string[];
  /** Texts that an undo may go back to. */
  readonly earlier: readonly string[];
}

const deeds: readonly [Deed, ...Deed[]] = [
  typing,
  typing,
  typing,
  splice,
  splice,
  splice,
  splice,
  erasing,
  erasing,
  removal,
  paste,
  paste,
  duplicate,
  indentation,
  indentation,
  undo,
  quoting,
  lineEnds,
  cutting,
  moving,
  breaking,
  flood,
];

/** Edits without an end; each is one of the text that those before it left. */
export function* editsOf(
  random: Random,
  start: string,
  lines: readonly string[],
): Generator<FuzzEdit, never> {
  let text = start;
  const earlier: string[] = [start];
  for (;;) {
    for (const edit of random.pick(deeds)(random, text, { lines, earlier })) {
      text = applyFuzzEdit(text, edit);
      yield edit;
    }
    if (earlier.length < 50) earlier.push(text);
    // What floods a text is taken back, so that the next edits are quick again.
    if (text.length > 40_000) {
      yield editBetween(text, start);
      text = start;
    }
  }
}

function* typing(random: Random, text: string, { lines }: DeedWorld): Iterable<FuzzEdit> {
  const line = random.pick(lines) ?? 'a: b';
  const place = random.once(4)
    ? random.below(text.length + 1)
    : lineEndNear(text, random.below(text.length + 1));
  const newLine = random.once(3) ? '' : `\n${' '.repeat(2 * random.below(5))}`;
  let at = place;
  const typed = line.trim().slice(0, random.once(3) ? 40 : 14);
  for (const unit of [newLine, ...Array.from(typed)]) {
    if (unit === '') continue;
    yield { at, removed: 0, inserted: unit };
    at += unit.length;
  }
}

function* splice(random: Random, text: string): Iterable<FuzzEdit> {
  const at = random.once(3)
    ? lineEndNear(text, random.below(text.length + 1))
    : random.below(text.length + 1);
  yield { at, removed: random.once(3) ? random.below(4) : 0, inserted: random.pick(tokens) };
  if (random.once(3)) yield { at, removed: 0, inserted: random.pick(tokens) };
}

/** The key for deleting, held down. */
function* erasing(random: Random, text: string): Iterable<FuzzEdit> {
  const at = random.below(text.length + 1);
  const times = 1 + random.below(8);
  for (let count = 0; count < times && at - count > 0; count++)
    yield { at: at - count - 1, removed: 1, inserted: '' };
}

function* removal(random: Random, text: string): Iterable<FuzzEdit> {
  yield {
    at: random.below(text.length + 1),
    removed: random.below(random.once(4) ? text.length / 3 : 30),
    inserted: '',
  };
}

function* paste(random: Random, text: string, { lines }: DeedWorld): Iterable<FuzzEdit> {
  const from = random.below(lines.length);
  const taken = lines.slice(from, from + 1 + random.below(6)).join('\n');
  const at = random.once(5)
    ? random.below(text.length + 1)
    : lineStartNear(text, random.below(text.length + 1));
  yield { at, removed: 0, inserted: random.once(4) ? taken : `${taken}\n` };
}

function* duplicate(random: Random, text: string): Iterable<FuzzEdit> {
  const { start, end } = someLines(random, text);
  yield { at: end, removed: 0, inserted: text.slice(start, end) };
}

function* indentation(random: Random, text: string): Iterable<FuzzEdit> {
  const { start, end } = someLines(random, text);
  const old = text.slice(start, end);
  const step = random.pick(['  ', ' ', '\t', '    ']);
  const wanted = random.once(2) ? old.replace(/^(?=.)/gm, step) : old.replace(/^[ \t]{1,2}/gm, '');
  yield { at: start, removed: end - start, inserted: wanted };
}

function* undo(random: Random, text: string, { earlier }: DeedWorld): Iterable<FuzzEdit> {
  yield editBetween(text, random.pick(earlier) ?? '');
}

/** As an editor closes a quote that is opened, or as somebody forgets to. */
function* quoting(random: Random, text: string): Iterable<FuzzEdit> {
  const quote = random.pick(['"', "'", '`', '{', '[']);
  const at = random.below(text.length + 1);
  yield { at, removed: 0, inserted: quote };
  const end = at + 1 + random.below(20);
  if (random.once(2)) yield { at: end, removed: 0, inserted: quote.replace('{', '}').replace('[', ']') };
  if (random.once(4)) yield { at, removed: 1, inserted: '' };
}

function* lineEnds(random: Random, text: string): Iterable<FuzzEdit> {
  const end = random.pick(['\r\n', '\n', '\n', '\r', '\u0085']);
  const { start, end: stop } = random.once(2) ? { start: 0, end: text.length } : someLines(random, text);
  yield {
    at: start,
    removed: stop - start,
    inserted: text.slice(start, stop).replace(/\r\n|\r|\n|\u0085/g, end),
  };
  if (random.once(3)) yield { at: 0, removed: 0, inserted: '\uFEFF' };
}

/** The file ends early, as when a download breaks; then with something odd. */
function* cutting(random: Random, text: string): Iterable<FuzzEdit> {
  const at = random.below(text.length + 1);
  const tail = text.slice(at);
  yield { at, removed: tail.length, inserted: '' };
  const odd = random.pick(tokens);
  yield { at, removed: 0, inserted: odd };
  if (!random.once(4)) yield { at, removed: odd.length, inserted: tail };
}

function* moving(random: Random, text: string): Iterable<FuzzEdit> {
  const { start, end } = someLines(random, text);
  const moved = text.slice(start, end);
  yield { at: start, removed: moved.length, inserted: '' };
  const rest = text.slice(0, start) + text.slice(end);
  yield { at: lineStartNear(rest, random.below(rest.length + 1)), removed: 0, inserted: moved };
}

/** A line is broken in two, or joined with the next. */
function* breaking(random: Random, text: string): Iterable<FuzzEdit> {
  const at = random.below(text.length + 1);
  if (random.once(2)) yield { at, removed: 0, inserted: `\n${' '.repeat(random.below(9))}` };
  else yield { at: lineEndNear(text, at), removed: 1, inserted: '' };
}

function* flood(random: Random, text: string): Iterable<FuzzEdit> {
  const unit = random.pick(repeated);
  const length = random.once(4) ? 10_000 : 300 + random.below(900);
  const at = random.once(2)
    ? lineEndNear(text, random.below(text.length + 1))
    : random.below(text.length + 1);
  const inserted = unit.repeat(length);
  yield { at, removed: 0, inserted };
  yield { at: at + random.below(inserted.length), removed: 0, inserted: random.pick(tokens) };
  if (length > 1000 || random.once(2)) yield { at, removed: inserted.length, inserted: '' };
}

function someLines(random: Random, text: string): { readonly start: number; readonly end: number } {
  const start = lineStartNear(text, random.below(text.length + 1));
  let end = start;
  for (let count = 1 + random.below(6); count > 0; count--)
    end = Math.min(lineEndNear(text, end) + 1, text.length);
  return { start, end };
}

function lineStartNear(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function lineEndNear(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
