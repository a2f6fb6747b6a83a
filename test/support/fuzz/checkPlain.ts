// What is read that is not YAML: scripts, `.gitignore`, image references, and the targets of policies.
import {
  describeReferenceError,
  describeTagProblem,
} from '../../../server/src/core/image/describeReferenceError.ts';
import {
  normalizeReference,
  parseAnyReference,
  parseReference,
  printReference,
} from '../../../server/src/core/image/reference.ts';
import {
  referenceProblems,
  repairedReference,
  repairedTag,
  tagProblems,
} from '../../../server/src/core/image/referenceProblems.ts';
import {
  canonicalRepository,
  repairedRepository,
  repositoryProblems,
} from '../../../server/src/core/image/repository.ts';
import { splitImage } from '../../../server/src/core/image/splitImage.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { policyProblems } from '../../../server/src/core/policy/problems.ts';
import { upstreamOf } from '../../../server/src/core/policy/reverse.ts';
import { rewriteReference, rewriteRepository } from '../../../server/src/core/policy/rewrite.ts';
import { targetPattern, targetProblem } from '../../../server/src/core/policy/target.ts';
import { findCommands } from '../../../server/src/core/stack/command.ts';
import type { Shell } from '../../../server/src/core/stack/commandWords.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { discover } from '../../../server/src/core/workspace/discovery.ts';
import { anchorsOf } from '../../../server/src/core/yaml/lookup.ts';
import { parseYaml } from '../../../server/src/core/yaml/parse.ts';
import { valueOf } from '../../../server/src/core/yaml/value.ts';
import { GitIgnore } from '../../../server/src/host/gitIgnore.ts';
import { attempt, ensure } from './cases.ts';
import { checkSpan } from './checkYaml.ts';
import { checkFindings, checkWhole } from './checkFeatures.ts';
import { worldOf } from './world.ts';

const shells: readonly Shell[] = ['posix', 'powershell'];

export function checkScript(text: string): void {
  for (const shell of shells) {
    for (const { offset, values } of attempt('script', () => findCommands(text, shell))) {
      ensure('script: offset', text.startsWith('generate', offset), () => `${offset}`);
      for (const { span, text: path } of values) checkSpan('script: word', text, span, path);
    }
  }
  const world = worldOf('script', text);
  const script = attempt('script: discovery', () => discover(world.file))?.script;
  const snapshot = attempt('script: plans', () =>
    world.snapshot.withScripts(script === undefined ? [] : [script]),
  );
  const findings = checkFindings({ file: world.file, snapshot });
  checkWhole({ file: world.file, snapshot }, findings);
  const inYaml = new ValuesFile('file:///ws/ci.yaml', text);
  attempt('script: discovery', () => discover(inYaml));
}

const paths = [
  'values.yaml',
  'a/b/c.yaml',
  'dist/',
  'node_modules/x/values.yml',
  'a b',
  'foo ',
  '#x',
  '[a]',
  'ä/ö.yaml',
];

export function checkIgnore(text: string): void {
  const rules = new GitIgnore();
  attempt('gitignore', () => rules.add('', text));
  attempt('gitignore', () => rules.add('a/', text));
  const told = paths.map(path => attempt('gitignore', () => rules.ignores(path)));
  const again = new GitIgnore();
  again.add('', text);
  again.add('a/', text);
  ensure(
    'gitignore: again',
    paths.every((path, index) => again.ignores(path) === told[index]),
    () => told.join(),
  );
}

export function checkImages(text: string): void {
  for (const line of text.split(/[\r\n]/)) checkImage(line);
}

function checkImage(text: string): void {
  attempt('image', () => {
    const { reference, error } = parseReference(text);
    if (reference !== undefined) ensure('image: print', printReference(reference) === text, () => text);
    if (error !== undefined) ensure('image: error', describeReferenceError(error, text) !== '', () => text);
    const { reference: canonical } = normalizeReference(text);
    if (canonical !== undefined) {
      const printed = printReference(canonical);
      ensure(
        'image: canonical',
        printReference(normalizeReference(printed).reference ?? canonical) === printed,
        () => text,
      );
    }
    parseAnyReference(text);
    describeTagProblem(text);
    const { repository, repositoryEnd } = splitImage(text);
    ensure('image: split', text.slice(0, repositoryEnd).endsWith(repository), () =>
      JSON.stringify([text, repository]),
    );
    for (const { start, end, message } of [
      ...repositoryProblems(text),
      ...referenceProblems(text),
      ...tagProblems(text),
    ])
      checkSpan('image: flaw', text, { start, end }, message);
  });
  checkRepairs(text);
}

function checkRepairs(text: string): void {
  const repository = attempt('image: repair', () => repairedRepository(text));
  if (repository !== undefined)
    ensure('image: repair', canonicalRepository(repository) !== undefined, () =>
      JSON.stringify([text, repository]),
    );
  const reference = attempt('image: repair', () => repairedReference(text));
  if (reference !== undefined)
    ensure('image: repair', referenceProblems(reference).length === 0, () =>
      JSON.stringify([text, reference]),
    );
  const tag = attempt('image: repair', () => repairedTag(text));
  if (tag !== undefined)
    ensure('image: repair', tagProblems(tag).length === 0, () => JSON.stringify([text, tag]));
}

const repositories = [
  'docker.io/library/mysql',
  'ghcr.io/deploykf/kfam',
  'r.corp/a/b',
  'quay.io/a/b/c/d',
  'gcr.io/x',
];

/** The text as a policy, and each of its lines as a target. */
export function checkPolicy(text: string): void {
  for (const line of text.split(/[\r\n]/)) {
    const target = line.trim().replace(/^target: /, '');
    const problem = attempt('policy: target', () => targetProblem(target));
    if (problem === undefined) attempt('policy: pattern', () => targetPattern(target));
    attempt('policy', () => parsePolicy({ rules: [{ source: '*', target }] }));
  }
  const [document] = parseYaml(text).documents;
  const { policy, problems } = attempt('policy', () =>
    parsePolicy(valueOf(document?.root, anchorsOf(document?.root))),
  );
  for (const { message } of problems)
    ensure(
      'policy: words',
      !/\[object |undefined/.test(message) || text.includes('undefined'),
      () => message,
    );
  if (policy === undefined) return;
  attempt('policy: problems', () => policyProblems(policy, repositories));
  for (const repository of repositories) {
    attempt('policy: reverse', () => upstreamOf(policy, repository, repositories));
    attempt('policy: reference', () => rewriteReference(policy, `${repository}:1.0`));
    const rewrite = attempt('policy: rewrite', () => rewriteRepository(policy, repository));
    if (rewrite.kind !== 'rewritten') continue;
    const again = attempt('policy: rewrite', () => rewriteRepository(policy, rewrite.repository));
    ensure('policy: idempotent', again.kind !== 'rewritten' || again.repository === rewrite.repository, () =>
      JSON.stringify([repository, rewrite, again]),
    );
  }
}
