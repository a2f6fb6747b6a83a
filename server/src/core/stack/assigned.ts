import { encloses, touches, type Span } from '../text/span.ts';
import { pairsOf, resolved, type Anchors } from '../yaml/lookup.ts';
import type { YamlNode } from '../yaml/nodes.ts';
import { spansAt, type CiMap } from './ciMaps.ts';

/** One place that gives a variable its value. */
export interface AssignedVariable {
  readonly name: string;
  /** `undefined`: only a shell can tell. */
  readonly value: string | undefined;
  /** What it is made of, with references to others, where the value is not written as such. */
  readonly built?: string;
  /** UTF-16 offset of the assignment, where those others count. */
  readonly offset: number;
  /** Where it counts; `undefined`: anywhere in the text. */
  readonly scope: Span | undefined;
  /** Who writes it: what a shell does comes after what it was started with. */
  readonly by: 'shell' | 'environment' | 'other';
  /** It counts only where nothing else has given a value: `${NAME:-x}`. */
  readonly isDefault?: boolean;
  /** Where an environment has it, with quotes. */
  readonly span?: Span;
}

/** What tells where the assignments of a text count. */
export interface ShellsOfText {
  readonly ciMaps: readonly CiMap[];
  /** In a Makefile, what one shell runs, in text order. */
  readonly shells: readonly Span[];
}

/**
 * The assignments of a script, a Makefile or a CI file in its own text: `NAME=x`, `NAME := x`, `export NAME="x"`, `: ${NAME:=x}`,
 * `NAME: x` of YAML, `$NAME = "x"` of PowerShell, `target: NAME = x` of Make, also after `;`, `&&`, `then` and the like. In YAML, what is under `env:` or
 * `variables:` counts for its own workflow, job or step only, and what
 * a recipe of a Makefile assigns in its own shell. Takes time in proportion to the text.
 */
export function assignmentsOf(text: string, { ciMaps, shells }: ShellsOfText): readonly AssignedVariable[] {
  const environments = environmentsIn(ciMaps);
  const maps = shells.length > 0 ? shells : ciMaps.map(({ map }) => map.span);
  const found = environments.flatMap(environment => environment.assignments);
  const environmentAt = spansAt(environments.map(({ span }) => span));
  const stepAt = spansAt(maps);
  for (const match of text.matchAll(assignment)) {
    const [whole, ofLine, ofYaml, afterSeparator, written = ''] = match;
    const at = match.index + whole.length;
    if (environmentAt(at) !== undefined) continue;
    const name = ofLine ?? ofYaml ?? afterSeparator ?? '';
    const own = { name, ...valueOf(written), offset: at };
    if (ofYaml === undefined) found.push({ ...own, by: 'shell', scope: stepAt(at) });
    else found.push({ ...own, by: 'other', scope: undefined });
  }
  const shellAt = spansAt(maps);
  for (const { 1: name = '', 2: value = '', index } of text.matchAll(defaultAssignment))
    found.push({ name, value, offset: index, by: 'shell', isDefault: true, scope: shellAt(index) });
  for (const { 1: name = '', 2: written = '', index } of text.matchAll(laterSteps))
    found.push({ name, ...valueOf(written), offset: index, by: 'other', scope: undefined });
  return found;
}

const assignment =
  /(?:^[ \t]*(?:- )?(?:[\w./%-]{1,80}[ \t]*:[ \t]+)?(?:export |override |readonly |local |set |ENV |ARG |\$(?:env:)?)?(?:([A-Za-z_]\w{0,80})[ \t]*(?:[:?]?=)(?!=)|([A-Za-z_]\w{0,80}):)[ \t]?|(?:;|&&|\|\||[{(][ \t]|\)[ \t]|\b(?:then|do|else)[ \t])[ \t]*(?:export |local |\$(?:env:)?)?([A-Za-z_]\w{0,80})(?:=|[ \t]=[ \t])(?!=))(?=[ \t]*("[^"\r\n]{0,200}"?|'[^'\r\n]{0,200}'?|[^\s]{0,200}))/gm;

/** `: "${NAME:=x}"` gives the variable a value wherever it stands. */
const defaultAssignment = /\$\{([A-Za-z_]\w{0,80}):?=([^}"'$`\s]{1,200})\}/g;

/** `echo "NAME=x" >> "$GITHUB_ENV"` gives the steps after this one the variable. */
const laterSteps =
  /["' \t]([A-Za-z_]\w{0,80})=([^"'\s]{1,200})["']?[ \t]*(?:>>|\|[^\n>|]{1,60})[ \t]*["']?\$\{?(?:env:)?(?:GITHUB|BASH)_ENV\b/g;

/** The text of a value without quotes and comment. */
function valueOf(written: string): Pick<AssignedVariable, 'value' | 'built' | 'isDefault'> {
  // A list, such as that of a matrix, is several values.
  if (/^[[{(]/.test(written)) return { value: undefined };
  const otherwise = /^"?\$\{\w{1,80}:?[-=]([^}"'$`\s]{1,200})\}"?(?=$|[\s;&|)#])/.exec(written)?.[1];
  if (otherwise !== undefined) return { value: otherwise, isDefault: true };
  const builtDefault =
    /^"?\$\{\w{1,80}:?[-=]((?:[^{}"'$`\s]|\$\w|\$\{\w{1,80}\}){1,200})\}"?(?=$|[\s;&|)#])/.exec(written)?.[1];
  if (builtDefault !== undefined) return { value: undefined, built: builtDefault, isDefault: true };
  const quoted = /^(["'])([^"'$`]*)\1/.exec(written)?.[2];
  if (quoted !== undefined) return { value: quoted };
  const word = /^[^\s"'$`#;|&)}]+/.exec(written)?.[0];
  if (word !== undefined && /^[\s#;&|)}]|^$/.test(written.slice(word.length))) return { value: word };
  return { value: undefined, ...builtOf(written) };
}

/** One word that is made of other variables, with quotes around all of it or none. */
const builtWord =
  /^("?)((?:[^\s"'$`#;&|(){}]|\$\w|\$\{\w{1,80}\}|\$\(\w{1,80}\)|\$\{\{ *[\w.]{1,80} *\}\}){1,200})\1(?=$|[\s;&|)#])/;

function builtOf(written: string): Pick<AssignedVariable, 'built'> {
  const built = builtWord.exec(written)?.[2];
  return built?.includes('$') === true ? { built } : {};
}

interface Environment {
  /** Of the map, where it is written. */
  readonly span: Span;
  readonly assignments: readonly AssignedVariable[];
}

const environmentKey = /^(?:env|environment|variables|vars)$/;

function environmentsIn(ciMaps: readonly CiMap[]): readonly Environment[] {
  return ciMaps.flatMap(({ map, anchors }) => {
    const own = map.pairs.filter(({ key }) => environmentKey.test(key.source));
    return own.map(({ value }) => environmentIn(value, { scope: map.span, anchors }));
  });
}

interface Around {
  readonly scope: Span;
  readonly anchors: Anchors;
}

function environmentIn(node: YamlNode, { scope, anchors }: Around): Environment {
  const content = resolved(node, anchors);
  const assign = (name: string, written: YamlNode): AssignedVariable => {
    const own = resolved(written, anchors);
    // GitLab describes a variable in a map.
    const value = own?.kind === 'map' ? pairsOf(own, anchors).get('value')?.pair.value : own;
    const built = value?.kind === 'scalar' ? builtOf(value.source) : undefined;
    const { start: offset } = written.span;
    const place = { scope, offset, ...(value && { span: value.span }) };
    return { name, value: textOf(value), ...built, by: 'environment', ...place };
  };
  const { span } = node;
  if (content?.kind === 'map') {
    const pairs = [...pairsOf(content, anchors)];
    return { span, assignments: pairs.map(([name, { pair }]) => assign(name, pair.value)) };
  }
  if (content?.kind !== 'seq') return { span, assignments: [] };
  return { span, assignments: content.items.flatMap(item => itemOf(item, anchors, assign)) };
}

/** An item of a list: `name: X` with `value: y` as Kubernetes has it, or `X=y`. */
function itemOf(
  item: YamlNode,
  anchors: Anchors,
  assign: (name: string, value: YamlNode) => AssignedVariable,
): readonly AssignedVariable[] {
  if (item.kind === 'scalar') {
    const [, listed, written = ''] = /^(\w+)=(.*)$/.exec(item.source) ?? [];
    if (listed === undefined) return [];
    return [{ ...assign(listed, item), ...valueOf(written) }];
  }
  if (item.kind !== 'map') return [];
  const pairs = pairsOf(item, anchors);
  const name = textOf(pairs.get('name')?.pair.value);
  if (name === undefined) return [];
  return [assign(name, pairs.get('value')?.pair.value ?? item)];
}

function textOf(node: YamlNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.type === 'null' || /["'$`\n]/.test(node.source)) return undefined;
  return node.source;
}

/** Of assignments, those with the innermost scope around an offset. */
export function innermost(
  assignments: readonly AssignedVariable[],
  offset: number,
): readonly AssignedVariable[] {
  let best: Span | undefined;
  for (const { scope } of assignments)
    if (scope !== undefined && touches(scope, offset) && (best === undefined || encloses(best, scope)))
      best = scope;
  return assignments.filter(({ scope }) => scope !== undefined && scope === best);
}
