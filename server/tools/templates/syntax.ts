/** The part of Go's template language that deployKF's templates are written in, with the delimiters `{{<` and `>}}`. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'action';
      readonly expression: Expression;
      readonly line: number;
      readonly assigns?: Assignment;
    }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: readonly Node[] }
  | {
      readonly kind: 'range';
      readonly names: readonly string[];
      readonly expression: Expression;
      readonly line: number;
      readonly body: readonly Node[];
    }
  | { readonly kind: 'define'; readonly name: string; readonly body: readonly Node[] };

export interface Branch {
  readonly condition: Expression;
  readonly line: number;
  readonly body: readonly Node[];
}

export interface Assignment {
  readonly name: string;
  /** `:=` and not `=`. */
  readonly isNew: boolean;
}

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** A dot, a variable, or what is in parentheses, and the fields below it. */
  | { readonly kind: 'fields'; readonly of: Expression; readonly names: readonly string[] }
  | { readonly kind: 'dot' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

interface Action {
  readonly source: string;
  readonly line: number;
}

/** Reads a template; throws where it holds what we do not know, since facts would be missing without a word. */
export function parseTemplate(text: string): readonly Node[] {
  return new TemplateParser(text).nodes().nodes;
}

class TemplateParser {
  readonly #pieces: readonly (string | Action)[];
  #next = 0;

  constructor(text: string) {
    const pieces: (string | Action)[] = [];
    let end = 0;
    for (const match of text.matchAll(/\{\{<(-?)([\s\S]*?)(-?)>\}\}/g)) {
      const before = text.slice(end, match.index);
      const isTrimmed = match[1] === '-';
      pieces.push(isTrimmed ? before.trimEnd() : before);
      pieces.push({ source: (match[2] ?? '').trim(), line: text.slice(0, match.index).split('\n').length });
      end = match.index + match[0].length;
      if (match[3] === '-') end += /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
    }
    pieces.push(text.slice(end));
    this.#pieces = pieces.filter(piece => piece !== '' && !isComment(piece));
  }

  /** Up to the action that ends them: `end`, `else`, `else if …`, or the end of the text. */
  nodes(): { readonly nodes: readonly Node[]; readonly stop: Action | undefined } {
    const nodes: Node[] = [];
    for (;;) {
      const piece = this.#pieces[this.#next++];
      if (piece === undefined) return { nodes, stop: undefined };
      if (typeof piece === 'string') nodes.push({ kind: 'text', text: piece });
      else if (/^(?:end|else)\b/.test(piece.source)) return { nodes, stop: piece };
      else nodes.push(this.#node(piece));
    }
  }

  #node(action: Action): Node {
    const [, keyword = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(action.source) ?? [];
    switch (keyword) {
      case 'if':
        return this.#branches(rest, action.line);
      case 'range':
        return this.#range(rest, action.line);
      case 'define':
        return { kind: 'define', name: JSON.parse(rest) as string, body: this.nodes().nodes };
      case 'with':
      case 'block':
        throw new Error(`line ${action.line}: ${keyword} is not known`);
      default:
        return actionNode(action);
    }
  }

  #branches(condition: string, line: number): Node {
    const branches: Branch[] = [];
    let next: Action | undefined = { source: `else if ${condition}`, line };
    for (;;) {
      const [, elseIf] = /^else\s+if\s+([\s\S]*)$/.exec(next.source) ?? [];
      if (elseIf === undefined) return { kind: 'if', branches, otherwise: this.nodes().nodes };
      const { nodes, stop } = this.nodes();
      branches.push({ condition: parseExpression(elseIf), line: next.line, body: nodes });
      if (stop === undefined || stop.source === 'end') return { kind: 'if', branches, otherwise: [] };
      next = stop;
    }
  }

  #range(source: string, line: number): Node {
    const [, variables, rest = source] = /^((?:\$\w+\s*,\s*)?\$\w+)\s*:=\s*([\s\S]*)$/.exec(source) ?? [];
    const names = variables?.split(/\s*,\s*/) ?? [];
    return { kind: 'range', names, expression: parseExpression(rest), line, body: this.nodes().nodes };
  }
}

function isComment(piece: string | Action): boolean {
  return typeof piece !== 'string' && piece.source.startsWith('/*');
}

function actionNode({ source, line }: Action): Node {
  const [, name, operator, rest] = /^(\$\w+)\s*(:?=)\s*([\s\S]*)$/.exec(source) ?? [];
  if (name === undefined || rest === undefined)
    return { kind: 'action', expression: parseExpression(source), line };
  return {
    kind: 'action',
    expression: parseExpression(rest),
    line,
    assigns: { name, isNew: operator === ':=' },
  };
}

const token =
  /\s*("(?:[^"\\]|\\.)*"|`[^`]*`|\(|\)|\||(?:\.\w+)+|\.|\$\w*(?:\.\w+)*|-?\d+(?:\.\d+)?|[A-Za-z_][\w.]*)/y;

export function parseExpression(source: string): Expression {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (source.slice(token.lastIndex).trim() !== '') {
    const start = token.lastIndex;
    const match = token.exec(source);
    if (match?.[1] === undefined) throw new Error(`not an expression: ${source.slice(start)}`);
    tokens.push(match[1]);
  }
  return pipeline({ tokens, next: 0 });
}

interface Tokens {
  readonly tokens: readonly string[];
  next: number;
}

/** `a | f b` is `f b a`. */
function pipeline(from: Tokens): Expression {
  let left: Expression | undefined;
  for (;;) {
    const operands: Expression[] = [];
    for (;;) {
      const text = from.tokens[from.next];
      if (text === undefined || text === ')' || text === '|') break;
      operands.push(operand(from));
    }
    const [first, ...args] = operands;
    if (first === undefined) throw new Error(`nothing in ${from.tokens.join(' ')}`);
    if (left !== undefined) args.push(left);
    left = first.kind === 'call' ? { ...first, args } : first;
    if (from.tokens[from.next] !== '|') return left;
    from.next++;
  }
}

function operand(from: Tokens): Expression {
  const text = from.tokens[from.next++] ?? '';
  if (text !== '(') return term(text);
  // As fields of nothing more it is a value, and never the function of a pipeline.
  const inner: Expression = { kind: 'fields', of: pipeline(from), names: [] };
  from.next++;
  return inner;
}

function term(text: string): Expression {
  if (text.startsWith('"')) return { kind: 'literal', value: JSON.parse(text) as string };
  if (text.startsWith('`')) return { kind: 'literal', value: text.slice(1, -1) };
  if (/^-?\d/.test(text)) return { kind: 'literal', value: Number(text) };
  if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
  if (text === 'nil') return { kind: 'literal', value: null };
  if (text.startsWith('.')) return fieldsOf({ kind: 'dot' }, text.slice(1));
  if (text.startsWith('$')) {
    const [name = '', ...names] = text.split('.');
    return fieldsOf({ kind: 'variable', name }, names.join('.'));
  }
  return { kind: 'call', name: text, args: [] };
}

function fieldsOf(of: Expression, names: string): Expression {
  if (names === '') return of;
  return { kind: 'fields', of, names: names.split('.') };
}
