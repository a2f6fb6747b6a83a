import { MAX_PATH_LENGTH, isHost, isIdentifier, isPathComponent } from './grammar.ts';
import { isRegistryPart } from './reference.ts';
import { splitImage } from './splitImage.ts';
import { upTo } from '../text/cut.ts';
import { loginSpans } from '../text/logins.ts';
import type { Span } from '../text/span.ts';

export type RepositoryProblemKind =
  | 'empty'
  | 'whitespace'
  | 'scheme'
  | 'login'
  | 'slash'
  | 'registry'
  | 'port'
  | 'uppercase'
  | 'component'
  | 'tag'
  | 'digest'
  | 'tooLong'
  | 'identifier'
  | 'format';

/** One thing that is wrong with a repository; the span is half-open, in UTF-16 code units of the text. */
export interface RepositoryProblem {
  readonly kind: RepositoryProblemKind;
  /** What is wrong and what to do, without full stop. */
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

interface Part {
  readonly text: string;
  readonly start: number;
}

/**
 * The flaws that can be named, in the order of the text. A valid repository has none, except for a port out
 * of range.
 */
export function namedRepositoryProblems(text: string): readonly RepositoryProblem[] {
  if (text.trim() === '') {
    return [
      { kind: 'empty', message: 'the repository is empty: write registry/path', start: 0, end: text.length },
    ];
  }
  if (isIdentifier(text)) {
    const message = '64 hexadecimal digits are an image ID, not a repository';
    return [{ kind: 'identifier', message, start: 0, end: text.length }];
  }
  const [login] = loginSpans(text, 'whole');
  if (login !== undefined) return [loginFlaw(login)];
  const scheme = /^\s*([a-z][a-z0-9+.-]*:\/\/)/i.exec(text);
  const bodyStart = scheme?.[0].length ?? text.length - text.trimStart().length;
  const body: Part = { text: text.slice(bodyStart).trimEnd(), start: bodyStart };
  const image = splitImage(body.text);
  const name: Part = { text: image.repository, start: bodyStart };
  const ofSuffix = suffixFlaws(body, image.tagStart, image.digestStart);
  const flaws = [...whitespaceFlaws(text), ...nameFlaws(name), ...ofSuffix];
  if (scheme?.[1] !== undefined) {
    const message = `an image reference cannot have "${scheme[1]}": remove it`;
    flaws.push({ kind: 'scheme', message, start: bodyStart - scheme[1].length, end: bodyStart });
  }
  return flaws.sort((left, right) => left.start - right.start || left.end - right.end);
}

/** Nothing else is said then: it might quote the login. */
function loginFlaw({ start, end }: Span): RepositoryProblem {
  const message =
    'a login does not belong in an image reference: remove it, and give the cluster a pull secret instead';
  return { kind: 'login', message, start, end };
}

function whitespaceFlaws(text: string): readonly RepositoryProblem[] {
  const flaws: RepositoryProblem[] = [];
  for (const match of text.matchAll(/\s+/g)) {
    const message = 'white space is not allowed in an image reference: remove it';
    flaws.push({ kind: 'whitespace', message, start: match.index, end: match.index + match[0].length });
  }
  return flaws;
}

function nameFlaws(name: Part): readonly RepositoryProblem[] {
  const parts = splitParts(name);
  const [first, ...others] = parts;
  if (first === undefined) return [];
  const hasRegistry = others.length > 0 && isRegistryPart(first.text);
  const path = hasRegistry ? others : parts;
  const length = path.reduce((sum, part) => sum + part.text.length, path.length - 1);
  const ofPath = path.filter(part => part.text !== '').flatMap(part => componentFlaws(part));
  const flaws = [...slashFlaws(name), ...ofPath];
  if (hasRegistry) flaws.push(...registryFlaws(first));
  if (length <= MAX_PATH_LENGTH) return flaws;
  const start = path[0]?.start ?? name.start;
  const message = `the path has ${length} characters, at most ${MAX_PATH_LENGTH} are allowed: shorten it`;
  return [...flaws, { kind: 'tooLong', message, start, end: start + length }];
}

function splitParts(name: Part): readonly Part[] {
  const parts: Part[] = [];
  let start = name.start;
  for (const text of name.text.split('/')) {
    parts.push({ text, start });
    start += text.length + 1;
  }
  return parts;
}

function slashFlaws(name: Part): readonly RepositoryProblem[] {
  const flaws: RepositoryProblem[] = [];
  for (const match of name.text.matchAll(/\/+/g)) {
    const end = match.index + match[0].length;
    let message = `"${match[0]}" leaves an empty part: write one "/"`;
    if (match.index === 0) message = 'remove the "/" at the start';
    else if (end === name.text.length) message = 'remove the "/" at the end';
    else if (match[0].length === 1) continue;
    flaws.push({ kind: 'slash', message, start: name.start + match.index, end: name.start + end });
  }
  return flaws;
}

function registryFlaws(part: Part): readonly RepositoryProblem[] {
  // The colons of an IPv6 address in brackets are not before a port.
  const address = part.text.slice(0, part.text.lastIndexOf(']') + 1);
  const host = address + upTo(part.text.slice(address.length), ':');
  const colon = host.length;
  const port = part.text.slice(colon + 1);
  const flaws: RepositoryProblem[] = [];
  if (!isHost(host) && !/\s/.test(host)) {
    const message = `"${host}" is not a valid registry host: use letters, digits, "-" and "."`;
    flaws.push({ kind: 'registry', message, start: part.start, end: part.start + host.length });
  }
  if (colon < part.text.length && !isPort(port)) {
    const message = `"${port}" is not a port: use a number from 1 to 65535`;
    flaws.push({ kind: 'port', message, start: part.start + colon, end: part.start + part.text.length });
  }
  return flaws;
}

function isPort(text: string): boolean {
  return /^[0-9]+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
}

function componentFlaws(part: Part): readonly RepositoryProblem[] {
  const { text, start } = part;
  if (isPathComponent(text) || /\s/.test(text)) return [];
  const end = start + text.length;
  const lower = text.toLowerCase();
  if (lower !== text && isPathComponent(lower)) {
    return [{ kind: 'uppercase', message: `"${text}" has upper-case letters: write "${lower}"`, start, end }];
  }
  const rule = 'use lower-case letters and digits, with ".", "_", "__" or "-" only between them';
  return [{ kind: 'component', message: `"${text}" is not a valid part of a path: ${rule}`, start, end }];
}

function suffixFlaws(
  body: Part,
  tag: number | undefined,
  digest: number | undefined,
): readonly RepositoryProblem[] {
  const flaws: RepositoryProblem[] = [];
  const tagEnd = digest === undefined ? body.text.length : digest - 1;
  if (tag !== undefined) {
    const written = body.text.slice(tag, tagEnd);
    const message = `the tag "${written}" does not belong in the repository: move it to the tag`;
    flaws.push({ kind: 'tag', message, start: body.start + tag - 1, end: body.start + tagEnd });
  }
  if (digest !== undefined) {
    const message = 'a digest does not belong in the repository: remove it';
    flaws.push({ kind: 'digest', message, start: body.start + tagEnd, end: body.start + body.text.length });
  }
  return flaws;
}
