import { plainRelease } from '../catalog/release.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { RegistryPolicy } from '../policy/types.ts';
import type { Severity } from '../findings/finding.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { SuppressionEntry } from '../suppressions/types.ts';
import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import { findPath } from '../yaml/lookup.ts';
import { keyText, printPath, type Path } from '../yaml/nodes.ts';
import { isRecord, valueOf, type Value } from '../yaml/value.ts';
import { readSuppressions } from './readSuppressions.ts';
import { unknownKeys, type KnownNames, type SettingsProblem } from './settingsProblem.ts';

export type { KnownNames } from './settingsProblem.ts';

export const projectFileName = '.deploykf-values.yaml';

/** A stack as the project file defines it. */
export interface StackDefinition {
  readonly name: string;
  readonly release: string | undefined;
  /** Paths relative to the project file's folder, weakest first. */
  readonly values: readonly string[];
  /** Where the name is in the project file. */
  readonly span: Span;
}

/** What the user decided, from the project file and the editor's settings. */
export interface Settings {
  readonly release: string | undefined;
  readonly policy: RegistryPolicy | undefined;
  readonly stacks: readonly StackDefinition[];
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** What is not reported, and why. */
  readonly suppressions: readonly SuppressionEntry[];
  /** Folders or archives of generators by release, as the project file has them: relative to its folder. */
  readonly generators: ReadonlyMap<string, string>;
}

export const noSettings: Settings = {
  release: undefined,
  policy: undefined,
  stacks: [],
  severities: {},
  suppressions: [],
  generators: new Map(),
};

/** The same decisions, those of `over` where it has any. */
export function combineSettings(under: Settings, over: Settings): Settings {
  return {
    release: over.release ?? under.release,
    policy: over.policy ?? under.policy,
    stacks: over.stacks.length > 0 ? over.stacks : under.stacks,
    severities: { ...under.severities, ...over.severities },
    suppressions: over.suppressions.length > 0 ? over.suppressions : under.suppressions,
    generators: new Map([...under.generators, ...over.generators]),
  };
}

const keys = ['release', 'registry', 'stacks', 'rules', 'suppressions', 'generators'];

/** Reads plain settings, as JSON or YAML gives them. Everything wrong becomes a problem, the rest is used. */
export function readSettings(
  value: Value,
  names: KnownNames,
): { settings: Settings; problems: readonly SettingsProblem[] } {
  if (value === null) return { settings: noSettings, problems: [] };
  if (!isRecord(value))
    return {
      settings: noSettings,
      problems: [{ path: [], message: `must be a map with the keys ${keys.join(', ')}` }],
    };
  const problems: SettingsProblem[] = unknownKeys(value, keys, []);
  const registry = value['registry'] ?? null;
  const policy = registry === null ? { policy: undefined, problems: [] } : parsePolicy(registry);
  problems.push(...policy.problems.map(({ path, message }) => ({ path: ['registry', ...path], message })));
  return {
    settings: {
      release: readRelease(value['release'] ?? null, ['release'], problems),
      policy: policy.policy,
      stacks: readStacks(value['stacks'] ?? null, problems),
      severities: readSeverities(value['rules'] ?? null, names, problems),
      suppressions: readSuppressions(value['suppressions'] ?? null, names, problems),
      generators: readGenerators(value['generators'] ?? null, problems),
    },
    problems,
  };
}

function readRelease(value: Value, path: Path, problems: SettingsProblem[]): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') return plainRelease(value);
  problems.push({
    path,
    message: 'must be a release such as "0.1.5", in quotes where YAML would read a number',
  });
  return undefined;
}

const severities = ['error', 'warning', 'info', 'hint', 'off'] as const;

function readSeverities(
  value: Value,
  names: KnownNames,
  problems: SettingsProblem[],
): Settings['severities'] {
  if (value === null) return {};
  if (!isRecord(value)) {
    problems.push({
      path: ['rules'],
      message: 'must be a map from rule to error, warning, info, hint or off',
    });
    return {};
  }
  problems.push(
    ...unknownKeys(value, names.codes, ['rules']).map(({ path, message }) => ({
      path,
      message: message.replace('unknown key', 'unknown rule').replace(/, the known ones are .*/, ''),
    })),
  );
  const entries = Object.entries(value).flatMap(([code, setting]): [string, Severity | 'off'][] => {
    const severity = severities.find(known => known === setting);
    if (severity !== undefined) return [[code, severity]];
    problems.push({ path: ['rules', code], message: 'must be error, warning, info, hint or off' });
    return [];
  });
  return Object.fromEntries(entries);
}

function readGenerators(value: Value, problems: SettingsProblem[]): Settings['generators'] {
  if (value === null) return new Map();
  if (!isRecord(value)) {
    problems.push({
      path: ['generators'],
      message: 'must be a map from release to the folder or .zip of its generator',
    });
    return new Map();
  }
  const entries = Object.entries(value).flatMap(([release, path]): [string, string][] => {
    if (typeof path === 'string' && path !== '') return [[plainRelease(release), path]];
    problems.push({ path: ['generators', release], message: 'must be the path of a folder or .zip' });
    return [];
  });
  return new Map(entries);
}

function readStacks(value: Value, problems: SettingsProblem[]): readonly StackDefinition[] {
  if (value === null) return [];
  if (!Array.isArray(value)) {
    problems.push({ path: ['stacks'], message: 'must be a list of stacks, each with a name and values' });
    return [];
  }
  const definitions = value.flatMap((item: Value, index) => readStack(item, index, problems));
  return definitions.filter((definition, index) => {
    const isRepeated = definitions.findIndex(other => other.name === definition.name) < index;
    if (isRepeated)
      problems.push({
        path: ['stacks', index, 'name'],
        message: `another stack is already named "${definition.name}"`,
      });
    return !isRepeated;
  });
}

function readStack(item: Value, index: number, problems: SettingsProblem[]): readonly StackDefinition[] {
  const at: Path = ['stacks', index];
  if (!isRecord(item)) {
    problems.push({ path: at, message: 'must be a map with name, release and values' });
    return [];
  }
  problems.push(...unknownKeys(item, ['name', 'release', 'values'], at));
  const { name, values } = item;
  if (typeof name !== 'string' || name === '')
    problems.push({ path: [...at, 'name'], message: 'a stack needs a name' });
  const files = Array.isArray(values) ? values.filter(file => typeof file === 'string') : [];
  if (!Array.isArray(values) || files.length !== values.length || files.length === 0) {
    problems.push({ path: [...at, 'values'], message: 'must list the values files, weakest first' });
  }
  if (typeof name !== 'string' || name === '') return [];
  return [
    {
      name,
      release: readRelease(item['release'] ?? null, [...at, 'release'], problems),
      values: files,
      span: { start: 0, end: 0 },
    },
  ];
}

/** A project file as read. */
export interface Project {
  readonly file: ValuesFile;
  readonly settings: Settings;
  /** What of it cannot be used; the rule `project-file-invalid` reports it. */
  readonly problems: readonly Problem[];
}

/**
 * Reads `.deploykf-values.yaml`. Where it is invalid, problems say so and the settings of `previous`, the
 * last good reading, stay in force.
 */
export function readProject(file: ValuesFile, names: KnownNames, previous?: Project): Project {
  const broken = file.yaml.problems;
  if (broken.length > 0)
    return { file, settings: placedIn(file, previous?.settings ?? noSettings), problems: broken };
  const { settings, problems: found } = readSettings(valueOf(file.root, file.anchors), names);
  const problems = found.map(({ path, message }) => ({
    message: problemText(path, message),
    span: problemSpan(file, path, message),
  }));
  const isPolicyBroken = found.some(problem => problem.path[0] === 'registry');
  if (!isPolicyBroken) return { file, settings: placedIn(file, settings), problems };
  const policy = previous?.settings.policy ?? settings.policy;
  return { file, settings: placedIn(file, { ...settings, policy }), problems };
}

/** The settings with the places of their stacks in this text of the file. */
function placedIn(file: ValuesFile, settings: Settings): Settings {
  return {
    ...settings,
    stacks: settings.stacks.map(stack => ({ ...stack, span: stackSpan(file, stack.name) })),
    suppressions: settings.suppressions.map(entry => ({
      ...entry,
      span: spanOf(file, ['suppressions', entry.index, 'code']),
    })),
  };
}

function problemText(path: Path, message: string): string {
  if (path.length === 0 || message.startsWith('unknown')) return capital(message);
  return `"${printPath(path)}" ${message}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function stackSpan(file: ValuesFile, name: string): Span {
  const list = findPath(file.root, ['stacks'], file.anchors)?.node;
  if (list?.kind !== 'seq') return spanOf(file, ['stacks', -1, 'name']);
  const index = list.items.findIndex(item => {
    const node = findPath(item, ['name'], file.anchors)?.node;
    return node?.kind === 'scalar' && valueOf(node, file.anchors) === name;
  });
  return spanOf(file, ['stacks', index, 'name']);
}

function problemSpan(file: ValuesFile, path: Path, message: string): Span {
  if (!message.startsWith('unknown')) return spanOf(file, path);
  return findPath(file.root, path, file.anchors)?.pair?.key.span ?? spanOf(file, path);
}

/** Where the problem is shown: the key at the path, or the nearest above it that exists. */
function spanOf(file: ValuesFile, path: Path): Span {
  for (let depth = path.length; depth > 0; depth--) {
    const foundPath = findPath(file.root, path.slice(0, depth), file.anchors);
    if (foundPath === undefined) continue;
    const { pair, node } = foundPath;
    if (pair === undefined) return node.span;
    const isText = node.kind === 'scalar' && node.style !== 'empty';
    if (isText && keyText(pair.key) === path.at(-1)) return node.span;
    return pair.key.span;
  }
  return { start: 0, end: file.source.lineEnd(0) };
}
