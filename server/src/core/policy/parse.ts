import { isChartRepository } from './chartTarget.ts';
import { canonicalRepository, repositoryProblems } from '../image/repository.ts';
import { isDomain } from '../image/grammar.ts';
import { isRegistryPart } from '../image/reference.ts';
import { canonicalPrefix } from './match.ts';
import { mirrorRule } from './mirrorRule.ts';
import { PLACEHOLDERS, isPlaceholder, placeholdersOf, splitRepository, targetProblem } from './target.ts';
import type { MirrorRule, RegistryPolicy } from './types.ts';

/** Steps from the value of `registry:` to the place; empty for that value itself. */
export type PolicyPath = readonly (string | number)[];

export interface PolicySyntaxProblem {
  readonly path: PolicyPath;
  readonly message: string;
  /** For an unknown key: the keys that are known there. */
  readonly known?: readonly string[];
}

export interface ParsedPolicy {
  /** What is usable. `undefined`: nothing is, or no policy is written. */
  readonly policy?: RegistryPolicy;
  readonly problems: readonly PolicySyntaxProblem[];
}

type Fields = Readonly<Record<string, unknown>>;
type Report = (path: PolicyPath, message: string, known?: readonly string[]) => void;

const POLICY_KEYS = ['rules', 'private', 'credentials', 'caches', 'pushTo', 'charts'];
const RULE_KEYS = ['source', 'target', 'path', 'library', 'separator', 'images'];
const PATHS: readonly (readonly [written: string, path: MirrorRule['path']])[] = [
  ['keep', 'keep'],
  ['last', 'last'],
  ['flat', 'flat'],
  ['flatten', 'flat'],
];

const LIBRARY: readonly (readonly [written: string, library: MirrorRule['library']])[] = [
  ['keep', 'keep'],
  ['strip', 'strip'],
];

/** Reads the plain value of a `registry:` section or setting. A mistake costs its own part only. */
export function parsePolicy(value: unknown): ParsedPolicy {
  const problems: PolicySyntaxProblem[] = [];
  const report: Report = (path, message, known) => {
    problems.push({ path, message, ...(known !== undefined && { known }) });
  };
  if (value === undefined || value === null) return { problems };
  const fields = readFields(value, [], report);
  if (fields === undefined) return { problems };
  reportUnknown(fields, POLICY_KEYS, [], report);
  const rules = readRules(fields.rules, report);
  const listed = readPrefixes(fields.private, ['private'], report);
  const credentials = readPrefixes(fields.credentials, ['credentials'], report);
  const caches = readPrefixes(fields.caches, ['caches'], report);
  const pushTo = readPushTo(fields.pushTo, report);
  const charts = readCharts(fields.charts, report);
  if (rules.length + listed.length + credentials.length === 0 && charts === undefined) return { problems };
  const policy: RegistryPolicy = {
    rules,
    private: listed,
    ...(credentials.length > 0 && { credentials }),
    ...(caches.length > 0 && { caches }),
    ...(pushTo !== undefined && { pushTo }),
    ...(charts !== undefined && { charts }),
  };
  return { policy, problems };
}

function readRules(value: unknown, report: Report): readonly MirrorRule[] {
  const rules = new Map<string, MirrorRule>();
  for (const [index, item] of readList(value, ['rules'], report).entries()) {
    const rule = readRule(item, ['rules', index], report);
    if (rule === undefined) continue;
    const key = canonicalPrefix(rule.source);
    if (rules.has(key))
      report(['rules', index, 'source'], `"${rule.source}" already has a rule: remove one of them`);
    else rules.set(key, rule);
  }
  return [...rules.values()];
}

function readRule(value: unknown, path: PolicyPath, report: Report): MirrorRule | undefined {
  const fields = readFields(value, path, report);
  if (fields === undefined) return undefined;
  reportUnknown(fields, RULE_KEYS, path, report);
  const source = readSource(fields.source, path, report);
  const target = readTarget(fields.target, path, report);
  const kept = readChoice(fields.path, PATHS, [...path, 'path'], report);
  const library = readChoice(fields.library, LIBRARY, [...path, 'library'], report);
  const separator = readSeparator(fields.separator, [...path, 'separator'], report);
  const images = readImages(fields.images, [...path, 'images'], report);
  if (source === undefined || target === undefined) return undefined;
  return mirrorRule(source, target, {
    ...(kept !== undefined && { path: kept }),
    ...(library !== undefined && { library }),
    ...(separator !== undefined && { separator }),
    images,
  });
}

function readSource(value: unknown, rule: PolicyPath, report: Report): string | undefined {
  const path = [...rule, 'source'];
  if (value === undefined) {
    report(rule, 'the rule has no source: add a registry, a prefix or "*"');
    return undefined;
  }
  const source = readText(value, path, report);
  if (source === undefined || source === '*') return source;
  const problem = prefixProblem(source);
  if (problem === undefined) return source;
  report(path, problem);
  return undefined;
}

/** `undefined` is not a target, `null` the accepted one. */
function readTarget(value: unknown, rule: PolicyPath, report: Report): string | null | undefined {
  const path = [...rule, 'target'];
  if (value === null) return null;
  if (value === undefined) {
    report(rule, 'the rule has no target: add one, or null to accept as public');
    return undefined;
  }
  const target = readText(value, path, report);
  if (target === undefined) return undefined;
  const problem = templateMistake(target);
  if (problem === undefined) return target;
  report(path, problem);
  return undefined;
}

function templateMistake(target: string): string | undefined {
  const names = placeholdersOf(target);
  const unknown = names.find(name => !isPlaceholder(name));
  if (unknown !== undefined) {
    const list = PLACEHOLDERS.map(name => `{${name}}`).join(', ');
    return `"{${unknown}}" is not a placeholder: use ${list}`;
  }
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) return `"{${repeated}}" is used twice in the target: use each placeholder once`;
  if (names.includes('namespace') && !names.some(name => ['path', 'name', 'flat'].includes(name))) {
    return 'a target with {namespace} needs {name}, or all images of a namespace become one';
  }
  if (/^\{registry\}(?:\/|$)/.test(target))
    return 'the target must name your own registry, not {registry} alone';
  // Filled in with plain values only the mistakes of the template itself are left.
  const sample = target
    .replaceAll('{registry}', 'example.com')
    .replaceAll('{path}', 'a/b')
    .replace(/\{(?:namespace|name|flat)\}/g, 'a');
  if (names.every(name => name === 'registry')) return targetProblem(`${sample}/a`);
  return targetProblem(sample);
}

function readPrefixes(value: unknown, path: PolicyPath, report: Report): readonly string[] {
  const prefixes: string[] = [];
  for (const [index, item] of readList(value, path, report).entries()) {
    const prefix = readText(item, [...path, index], report);
    if (prefix === undefined) continue;
    const problem = prefixProblem(prefix);
    if (problem === undefined) prefixes.push(prefix);
    else report([...path, index], problem);
  }
  return prefixes;
}

/** What is wrong with a registry or repository prefix, sub-domain wildcards allowed. */
function prefixProblem(prefix: string): string | undefined {
  if (prefix.startsWith('*.')) {
    const host = prefix.slice(2);
    if (isDomain(host) && !host.includes(':')) return undefined;
    return `"${prefix}" is not a wildcard: write "*.example.com"`;
  }
  const { registry } = splitRepository(`${prefix}/`);
  const [flaw] = repositoryProblems(`${prefix}/a`);
  if (prefix.endsWith('/')) return `"${prefix}" ends in "/": remove it`;
  if (flaw !== undefined) return flaw.message;
  if (isRegistryPart(registry)) return undefined;
  const full = canonicalRepository(prefix) ?? `docker.io/${prefix}`;
  return `"${prefix}" does not name a registry: write "${full}"`;
}

function readPushTo(value: unknown, report: Report): string | undefined {
  if (value === undefined || value === null) return undefined;
  const host = readText(value, ['pushTo'], report);
  if (host === undefined) return undefined;
  const problem = prefixProblem(host);
  if (problem === undefined) return host;
  report(['pushTo'], problem);
  return undefined;
}

function readCharts(value: unknown, report: Report): RegistryPolicy['charts'] {
  if (value === undefined || value === null) return undefined;
  const fields = readFields(value, ['charts'], report);
  if (fields === undefined) return undefined;
  const charts: (readonly [string, string | null])[] = [];
  for (const [source, item] of Object.entries(fields)) {
    const target = item === null ? null : readText(item, ['charts', source], report);
    if (target === undefined) continue;
    if (!isChartRepository(source))
      report(['charts', source], `must be an address with its scheme, such as https://${source}`);
    else if (target !== null && !isChartRepository(target))
      report(['charts', source], `must lead to an address with its scheme, such as oci://${target}`);
    else charts.push([source, target]);
  }
  if (charts.length === 0) return undefined;
  return Object.fromEntries(charts);
}

function readImages(value: unknown, path: PolicyPath, report: Report): MirrorRule['images'] {
  if (value === undefined || value === null) return {};
  const images: (readonly [string, string])[] = [];
  for (const [source, item] of Object.entries(readFields(value, path, report) ?? {})) {
    const [flaw] = repositoryProblems(source);
    const target = readText(item, [...path, source], report);
    if (flaw !== undefined) report([...path, source], flaw.message);
    if (flaw !== undefined || target === undefined) continue;
    const problem = targetProblem(target);
    if (problem === undefined) images.push([source, target]);
    else report([...path, source], problem);
  }
  return Object.fromEntries(images);
}

function readSeparator(value: unknown, path: PolicyPath, report: Report): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^(?:[._]|__|-+)$/.test(value)) return value;
  report(path, 'the separator must be ".", "_", "__" or dashes');
  return undefined;
}

function readChoice<T>(
  value: unknown,
  choices: readonly (readonly [written: string, meaning: T])[],
  path: PolicyPath,
  report: Report,
): T | undefined {
  if (value === undefined) return undefined;
  const choice = choices.find(([written]) => written === value);
  if (choice !== undefined) return choice[1];
  const offered = choices.map(([written]) => written).filter(written => written !== 'flatten');
  report(path, `must be one of ${offered.join(', ')}`);
  return undefined;
}

function readList(value: unknown, path: PolicyPath, report: Report): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  report(path, 'must be a list');
  return [];
}

function readFields(value: unknown, path: PolicyPath, report: Report): Fields | undefined {
  if (isFields(value)) return value;
  report(path, 'must be a map');
  return undefined;
}

function readText(value: unknown, path: PolicyPath, report: Report): string | undefined {
  if (typeof value === 'string' && value.trim() !== '') return value;
  report(path, typeof value === 'string' ? 'must not be empty' : 'must be a string');
  return undefined;
}

function reportUnknown(fields: Fields, known: readonly string[], path: PolicyPath, report: Report): void {
  for (const key of Object.keys(fields)) {
    if (!known.includes(key)) report([...path, key], `unknown key "${key}"`, known);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
