import type { TemplateCondition, TemplateForm } from '../../src/core/catalog/types.ts';
import { all, any, not, partsOf, print, type Condition } from './condition.ts';
import { parseTemplate, type Branch, type Expression, type Node } from './syntax.ts';

/** A place that stops the generation when a value is not of the form, or at all. */
export interface Stop {
  readonly when: Condition;
  readonly source: string;
  /** The value path and its form; `[]` stands for every item of a list. */
  readonly needs?: { readonly path: string; readonly form: TemplateForm };
  /** What the template says. */
  readonly fails?: string;
}

/** What an expression is, as far as it can be known without values. */
type Meaning =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'root' }
  /** The value at a path; `''` is that of `.Values`. `orUnset`: something else stands for null, "", 0 and false. */
  | { readonly kind: 'value'; readonly path: string; readonly orUnset?: boolean }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Meaning> }
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'output'; readonly parts: readonly Output[] }
  | { readonly kind: 'unknown' };

type Value = Extract<Meaning, { kind: 'value' }>;

interface Output {
  readonly when: Condition;
  readonly what: Meaning;
}

interface Scope {
  readonly file: string;
  readonly when: Condition;
  readonly dot: Meaning;
  readonly variables: Map<string, Meaning>;
  readonly output: Output[];
}

const unknown: Meaning = { kind: 'unknown' };
const root: Meaning = { kind: 'root' };
const ignoreFile = 'templates/.gomplateignore_template';

/** Reads all templates of a generator, as its files by path, and says what stops the generation. */
export class GeneratorReader {
  readonly stops: Stop[] = [];
  readonly #files: ReadonlyMap<string, string>;
  readonly #defines = new Map<string, { readonly file: string; readonly body: readonly Node[] }>();
  #depth = 0;

  constructor(files: ReadonlyMap<string, string>) {
    this.#files = files;
    for (const [file, text] of files) {
      if (!file.startsWith('helpers/')) continue;
      const body = parseTemplate(text);
      this.#defines.set(file, { file, body });
      this.#define(file, body);
    }
  }

  read(): readonly Stop[] {
    const ignored = this.#run(ignoreFile, this.#parsed(ignoreFile), { when: true, dot: root });
    for (const file of this.#files.keys()) {
      if (!file.startsWith('templates/') || file === ignoreFile || file.includes('/upstream/')) continue;
      const name = file.slice('templates/'.length);
      const body = this.#parsed(file);
      this.#define(file, body);
      this.#run(file, body, { when: isGenerated(name, ignored), dot: root });
    }
    return this.stops;
  }

  #parsed(file: string): readonly Node[] {
    try {
      return parseTemplate(this.#files.get(file) ?? '');
    } catch (error) {
      throw new Error(`${file}: ${String(error)}`, { cause: error });
    }
  }

  #define(file: string, nodes: readonly Node[]): void {
    for (const node of nodes)
      if (node.kind === 'define') this.#defines.set(node.name, { file, body: node.body });
  }

  #run(file: string, body: readonly Node[], { when, dot }: Pick<Scope, 'when' | 'dot'>): readonly Output[] {
    const scope: Scope = { file, when, dot, variables: new Map([['$', dot]]), output: [] };
    this.#nodes(body, scope);
    return scope.output;
  }

  #nodes(nodes: readonly Node[], scope: Scope): void {
    let current = scope;
    for (const node of nodes) {
      const goesOn = this.#node(node, current);
      if (goesOn !== undefined && goesOn !== true)
        current = { ...current, when: all([current.when, goesOn]) };
    }
  }

  /** When the template goes on after the node; `undefined` where nothing is known of it. */
  #node(node: Node, scope: Scope): Condition {
    switch (node.kind) {
      case 'text':
        scope.output.push({ when: scope.when, what: { kind: 'literal', value: node.text } });
        return true;
      case 'define':
        return true;
      case 'action':
        this.#action(node, scope);
        return true;
      case 'if':
        return this.#branches(node.branches, node.otherwise, scope);
      case 'range':
        this.#range(node, scope);
        return true;
    }
  }

  #action(node: Extract<Node, { kind: 'action' }>, scope: Scope): void {
    const what = this.#meaning(node.expression, node.line, scope);
    if (node.assigns !== undefined) scope.variables.set(node.assigns.name, what);
    else if (what.kind === 'output') scope.output.push(...what.parts);
    else if (!isFail(node)) scope.output.push({ when: scope.when, what });
  }

  #branches(branches: readonly Branch[], otherwise: readonly Node[], scope: Scope): Condition {
    let { when } = scope;
    let goesOn: Condition = true;
    const before = new Map(scope.variables);
    for (const { condition, line, body } of branches) {
      const truth = truthOf(this.#meaning(condition, line, { ...scope, when }));
      this.#nodes(body, { ...scope, when: all([when, truth]), variables: new Map(before) });
      // Only what is said of items would be said twice.
      if (body.some(isFail) && goesOn === true && print(truth).includes('[]')) goesOn = not(truth);
      when = all([when, not(truth)]);
    }
    this.#nodes(otherwise, { ...scope, when, variables: new Map(before) });
    forget([...branches.flatMap(branch => branch.body), ...otherwise], scope.variables);
    return goesOn;
  }

  #range(node: Extract<Node, { kind: 'range' }>, scope: Scope): void {
    const list = this.#meaning(node.expression, node.line, scope);
    forget(node.body, scope.variables);
    if (list.kind === 'value') this.#need(list, 'list', node.line, scope);
    const item: Meaning = list.kind === 'value' ? { kind: 'value', path: `${list.path}[]` } : unknown;
    const variables = new Map(scope.variables);
    for (const name of node.names) variables.set(name, unknown);
    const last = node.names.at(-1);
    if (last !== undefined) variables.set(last, item);
    const when = list.kind === 'value' ? scope.when : undefined;
    this.#nodes(node.body, { ...scope, when, variables, dot: item });
  }

  #need({ path, orUnset }: Value, form: TemplateForm, line: number, scope: Scope): void {
    if (path === '') return;
    const when = orUnset === true ? all([scope.when, { set: path }]) : scope.when;
    if (partsOf(when).some(part => isSettled(part, path, form))) return;
    this.stops.push({ when, source: `${scope.file}:${line}`, needs: { path, form } });
  }

  #meaning(expression: Expression, line: number, scope: Scope): Meaning {
    switch (expression.kind) {
      case 'literal':
        return expression;
      case 'dot':
        return scope.dot;
      case 'variable':
        return scope.variables.get(expression.name) ?? unknown;
      case 'fields': {
        let of = this.#meaning(expression.of, line, scope);
        for (const name of expression.names) of = this.#field(of, name, line, scope);
        return of;
      }
      case 'call':
        return this.#call(expression, line, scope);
    }
  }

  #field(of: Meaning, name: string, line: number, scope: Scope): Meaning {
    if (of.kind === 'root') return name === 'Values' ? { kind: 'value', path: '' } : unknown;
    if (of.kind === 'map') return of.entries.get(name) ?? unknown;
    if (of.kind !== 'value') return unknown;
    this.#need(of, 'map', line, scope);
    const field = below(of, name);
    // The defaults have all other keys.
    if (of.path.endsWith('[]')) this.#need(field, 'present', line, scope);
    return field;
  }

  #call({ name, args }: Extract<Expression, { kind: 'call' }>, line: number, scope: Scope): Meaning {
    if (name === 'and' || name === 'or') return this.#lazily(name, args, line, scope);
    const given = args.map(arg => this.#meaning(arg, line, scope));
    const [first = unknown, second = unknown] = given;
    switch (name) {
      case 'not':
        return { kind: 'condition', condition: not(truthOf(first)) };
      case 'eq':
      case 'ne':
        if (first.kind === 'value' && isText(second)) this.#need(first, 'comparable', line, scope);
        return { kind: 'condition', condition: compared(name, first, second) };
      case 'fail':
        this.stops.push({ when: scope.when, source: `${scope.file}:${line}`, fails: textOf(first) });
        return unknown;
      case 'printf':
        return { kind: 'literal', value: filledIn(textOf(first), given.slice(1)) };
      case 'index':
        if (first.kind !== 'value' || second.kind !== 'literal') return unknown;
        this.#need(first, 'map', line, scope);
        return below(first, String(second.value));
      case 'default':
        return second.kind === 'value' ? { ...second, orUnset: true } : unknown;
      case 'tpl':
        if (first.kind !== 'value') return unknown;
        this.#need(first, 'string', line, scope);
        return first;
      case 'yaml':
      case 'data.YAML':
        if (first.kind === 'value') this.#need(first, 'yaml', line, scope);
        return unknown;
      case 'isKind':
      case 'test.IsKind':
        return { kind: 'condition', condition: kindOf(first, second) };
      case 'dict':
        return mapOf(given);
      case 'coll.Merge':
        return this.#merge(given, line, scope);
      case 'coll.JSONPath':
        if (first.kind !== 'literal') return unknown;
        return { kind: 'value', path: String(first.value).replace(/^\.Values\./, '') };
      case 'template':
      case 'tmpl.Exec':
        return this.#execute(first, given[1], scope);
      default:
        return unknown;
    }
  }

  /** `and` and `or` look at an argument only when those before do not decide. */
  #lazily(name: 'and' | 'or', args: readonly Expression[], line: number, scope: Scope): Meaning {
    const truths: Condition[] = [];
    for (const arg of args) {
      const before = truths.map(truth => (name === 'and' ? truth : not(truth)));
      truths.push(truthOf(this.#meaning(arg, line, { ...scope, when: all([scope.when, ...before]) })));
    }
    return { kind: 'condition', condition: name === 'and' ? all(truths) : any(truths) };
  }

  #merge(given: readonly Meaning[], line: number, scope: Scope): Meaning {
    for (const part of given)
      if (part.kind === 'value') this.#need({ ...part, orUnset: true }, 'map', line, scope);
    const [first, second] = given;
    if (first?.kind !== 'root' || second?.kind !== 'map') return unknown;
    return { kind: 'map', entries: new Map([['Values', { kind: 'value', path: '' }], ...second.entries]) };
  }

  #execute(name: Meaning, context: Meaning | undefined, scope: Scope): Meaning {
    const define = name.kind === 'literal' ? this.#defines.get(String(name.value)) : undefined;
    if (define === undefined || this.#depth > 20) return unknown;
    this.#depth++;
    const parts = this.#run(define.file, define.body, { when: scope.when, dot: context ?? root });
    this.#depth--;
    return { kind: 'output', parts };
  }
}

/** Whether a condition leaves no value that is not of the form. */
function isSettled(condition: TemplateCondition, path: string, form: TemplateForm): boolean {
  if ('kind' in condition) return form === condition.kind && path === condition.path;
  return form === 'present' && 'set' in condition && condition.set === path;
}

function isFail(node: Node): boolean {
  return node.kind === 'action' && node.expression.kind === 'call' && node.expression.name === 'fail';
}

function below(of: Value, name: string): Value {
  return { kind: 'value', path: of.path === '' ? name : `${of.path}.${name}` };
}

/** Variables that the nodes set again: nothing is known of them afterwards. */
function forget(nodes: readonly Node[], variables: Map<string, Meaning>): void {
  for (const node of nodes) {
    if (node.kind === 'action' && node.assigns?.isNew === false) variables.set(node.assigns.name, unknown);
    else if (node.kind === 'if')
      forget([...node.branches.flatMap(branch => branch.body), ...node.otherwise], variables);
    else if (node.kind === 'range') forget(node.body, variables);
  }
}

function truthOf(meaning: Meaning): Condition {
  switch (meaning.kind) {
    case 'literal':
      return Boolean(meaning.value);
    case 'value':
      return meaning.orUnset === true ? undefined : { set: meaning.path };
    case 'condition':
      return meaning.condition;
    case 'output':
      return any(meaning.parts.map(({ when, what }) => all([when, isPrinted(what)])));
    case 'root':
    case 'map':
    case 'unknown':
      return undefined;
  }
}

function isPrinted(what: Meaning): Condition {
  if (what.kind !== 'literal') return undefined;
  return String(what.value).trim() !== '';
}

function equals(meaning: Meaning, text: string): Condition {
  if (meaning.kind === 'literal') return meaning.value === text;
  if (meaning.kind === 'value' && meaning.orUnset !== true) return { path: meaning.path, equals: text };
  if (meaning.kind !== 'output') return undefined;
  const printed = meaning.parts.filter(({ what }) => isPrinted(what) !== false);
  return any(printed.map(({ when, what }) => all([when, equals(what, text)])));
}

function compared(name: 'eq' | 'ne', first: Meaning, second: Meaning): Condition {
  if (!isText(second)) return undefined;
  const equal = equals(first, second.value);
  return name === 'eq' ? equal : not(equal);
}

function isText(meaning: Meaning): meaning is { readonly kind: 'literal'; readonly value: string } {
  return meaning.kind === 'literal' && typeof meaning.value === 'string';
}

function kindOf(kind: Meaning, of: Meaning): Condition {
  if (kind.kind !== 'literal' || of.kind !== 'value') return undefined;
  if (kind.value === 'string' || kind.value === 'map') return { path: of.path, kind: kind.value };
  return undefined;
}

function mapOf(given: readonly Meaning[]): Meaning {
  const entries = new Map<string, Meaning>();
  for (let index = 0; index + 1 < given.length; index += 2) {
    const key = given[index];
    if (key?.kind === 'literal') entries.set(String(key.value), given[index + 1] ?? unknown);
  }
  return { kind: 'map', entries };
}

/** What is known of the arguments is filled in; the rest stays as it is written. */
function filledIn(format: string, args: readonly Meaning[]): string {
  let next = 0;
  return format.replace(/%[sd]/g, verb => {
    const arg = args[next++];
    return arg?.kind === 'literal' ? String(arg.value) : verb;
  });
}

function textOf(meaning: Meaning): string {
  return meaning.kind === 'literal' ? String(meaning.value) : '';
}

/** The lines of `.gomplateignore_template` are files and folders that are left out when the text around them is printed. */
function isGenerated(name: string, ignored: readonly Output[]): Condition {
  const ignoring = ignored.filter(({ what }) => {
    if (what.kind !== 'literal') return false;
    const patterns = String(what.value).split('\n');
    return patterns.some(
      line => line === name || (line.includes('/') && line.endsWith('/') && name.startsWith(line)),
    );
  });
  return not(any(ignoring.map(({ when }) => when)));
}
