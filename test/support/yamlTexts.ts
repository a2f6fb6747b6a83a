import fc from 'fast-check';

const key = fc.constantFrom(
  'a',
  'b',
  'images',
  'dex',
  'tag',
  'repository',
  'kubeflow_tools',
  'x-y.z',
  'true',
);

const scalars = [
  'v1',
  '1.10',
  '~',
  '""',
  "'it''s'",
  '"a: b #c"',
  '"two\\nlines"',
  'text # comment',
  '[]',
  '{}',
  '[a, "b", {c: 1}]',
  '{x: 1, y: [2]}',
  '&anchor v',
  '*anchor',
  '!!str 1.10',
  '{{< .Values.x >}}',
  '',
];
const scalar = fc.constantFrom(...scalars);

/** Makes the part that it is in so long that it is parsed in parts itself. */
const longComment = `# ${'long '.repeat(320)}`;

/** Lines of a block map with everything that values files have: comments, block scalars, flow, anchors, lists. */
function mapLines(depth: number, indent: string): fc.Arbitrary<readonly string[]> {
  return fc
    .array(entryLines(depth, indent), { minLength: 1, maxLength: depth > 2 ? 4 : 3 })
    .map(entries => entries.flat());
}

function entryLines(depth: number, indent: string): fc.Arbitrary<readonly string[]> {
  const simple = fc.tuple(key, scalar).map(([name, value]) => [`${indent}${name}: ${value}`.trimEnd()]);
  const lines: fc.WeightedArbitrary<readonly string[]>[] = [
    { weight: 5, arbitrary: simple },
    {
      weight: 1,
      arbitrary: fc.constantFrom([`${indent}# a comment: x`], [''], ['# far left'], ['  '], [longComment]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(key, fc.constantFrom('|', '|-', '|+', '>', '>-', '|2'))
        .map(([name, style]) => [
          `${indent}${name}: ${style}`,
          `${indent}  text: here`,
          '',
          `${indent}  # no comment`,
        ]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(key, scalar)
        .map(([name, value]) => [
          `${indent}${name}:`,
          `${indent}- ${value}`,
          `${indent}- b: 1`,
          `${indent}  c: 2`,
        ]),
    },
    {
      weight: 1,
      arbitrary: key.map(name => [`${indent}${name}: "several`, `${indent}   b: lines"`]),
    },
    {
      weight: 1,
      arbitrary: key.map(name => [
        `${indent}${name}: [`,
        `${indent}  a, # c`,
        `${indent}  b: 1`,
        `${indent}]`,
      ]),
    },
  ];
  if (depth > 0) {
    lines.push({
      weight: 4,
      arbitrary: fc
        .tuple(key, fc.constantFrom('', ' # comment', ' &anchor'), fc.constantFrom('  ', '    ', ' '))
        .chain(([name, tail, step]) =>
          mapLines(depth - 1, indent + step).map(below => [`${indent}${name}:${tail}`, ...below]),
        ),
    });
  }
  return fc.oneof(...lines);
}

/** A text such as users write: a block map, sometimes with BOM, `---`, CRLF or without a final line end. */
export const yamlText: fc.Arbitrary<string> = fc
  .record({
    lines: mapLines(3, ''),
    head: fc.constantFrom('', '', '', '\uFEFF', '---\n', '# head\n--- # x\n', '%YAML 1.2\n---\n', '\n\n'),
    tail: fc.constantFrom('\n', '\n', '', '\n# end', '\n...\n', '\n---\nsecond: 1\n'),
    crlf: fc.boolean(),
  })
  .map(({ lines, head, tail, crlf }) => {
    const text = head + lines.join('\n') + tail;
    return crlf ? text.replaceAll('\n', '\r\n') : text;
  });

export interface RandomEdit {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

const pieces = fc.oneof(
  fc.constantFrom(
    ' ',
    '  ',
    '\n',
    '\n  ',
    '\r\n',
    '\t',
    ':',
    ': ',
    '-',
    '- ',
    '#',
    ' #',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
  ),
  fc.constantFrom(
    '|',
    '>',
    '|\n',
    '&a ',
    '*a',
    '!!str ',
    '---\n',
    '\n---\n',
    '\n...\n',
    '%',
    '\uFEFF',
    '\u2028',
    '\r',
    '\0',
  ),
  fc.constantFrom(
    'a',
    'kub',
    'a: 1\n',
    '\nb: 2\n',
    '\n  half\n',
    '? ',
    '@',
    '`',
    '\\',
    '<<: *a\n',
    '"x\ny: z"',
    '\ud83d\ude00',
  ),
  fc.string({ maxLength: 4 }),
);

/** An edit as people make them; `at` is taken modulo the text's length. */
export const randomEdit: fc.Arbitrary<RandomEdit> = fc.record({
  at: fc.nat(),
  removed: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.nat(3) },
    fc.nat(40),
  ),
  inserted: fc.oneof({ weight: 3, arbitrary: pieces }, fc.constant('')),
});

export function applyRandomEdit(text: string, { at, removed, inserted }: RandomEdit): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + inserted + text.slice(start + removed);
}
