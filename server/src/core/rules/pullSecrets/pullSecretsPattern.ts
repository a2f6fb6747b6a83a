import { nearestName } from '../../catalog/nearestName.ts';
import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import {
  configuredBlock,
  pullSecretsPath,
  type BlockItem,
  type PullSecretsBlock,
} from '../../pullSecrets/block.ts';
import { meaninglessCharacters, patternProblem } from '../../secrets/names.ts';
import { kyvernoNamespace, podNamespaces, type PodNamespace } from '../../pullSecrets/namespaces.ts';
import { hasWildcard, matchedNames, missedNames } from '../../secrets/wildcard.ts';
import { atMost } from '../../text/list.ts';
import { removeItem } from '../../yaml/remove.ts';
import { replaceScalar } from '../../yaml/write.ts';
import { reportAt, effectiveLocation } from '../../findings/location.ts';
import { editFix } from './pullSecretChanges.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** A pattern of excluded namespaces that matches none, all, or others than it seems. */
export const pullSecretsPattern: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-pattern',
  severity: 'warning',
  doc: {
    summary: 'A pattern of `excludeNamespaces` that does not do what it looks like',
    why: [
      'Kyverno supports `*` for any number of characters, and `?` for exactly one (not "at least one", as',
      'the values say). Nothing else has a meaning: no classes, no `!`, no lists in one string. The',
      'policy covers all namespaces of the cluster, so a pattern that matches none of deployKF is only a',
      'hint, unless it is almost the name of one.',
    ].join('\n'),
    bad: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        excludeNamespaces: [argocd, kube-system, "istio-sytem", "!kubeflow"]\n',
    good: 'deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        excludeNamespaces: [argocd, kube-system, istio-system]\n',
    fix: 'Writes the namespace that is meant, or removes a pattern without effect.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const block = configuredBlock(view);
  if (block?.excludeNamespaces?.winner.layer.file === undefined) return [];
  const namespaces = podNamespaces(view);
  return block.patterns.flatMap(item => {
    const { value, effective: at, index } = item;
    if (typeof value !== 'string' || isTemplated(at)) return [];
    const problem = problemOf(value, { view, block, item, namespaces });
    if (problem === undefined) return [];
    return reportAt(effectiveLocation(at), {
      ...problem,
      path: `${pullSecretsPath}.excludeNamespaces[${index}]`,
    });
  });
}

interface Context {
  readonly view: StackView;
  readonly block: PullSecretsBlock;
  readonly item: BlockItem;
  readonly namespaces: readonly PodNamespace[];
}

type Problem = Pick<Report, 'message' | 'severity' | 'fixes'>;

function problemOf(pattern: string, context: Context): Problem | undefined {
  const meaningless = meaninglessCharacters(pattern);
  if (pattern === '') return { message: 'An empty pattern excludes nothing', fixes: remove(context) };
  if (meaningless.length > 0) return unknownSyntax(pattern, meaningless);
  // What no name can be like is reported by pull-secrets-name-invalid.
  if (patternProblem(pattern) !== undefined) return undefined;
  if (hasWildcard(pattern)) return wildcardProblem(pattern, context);
  return nearMiss(pattern, context);
}

function unknownSyntax(pattern: string, characters: readonly string[]): Problem {
  const shown = characters.map(character => `"${character}"`).join(' and ');
  return {
    message: `${JSON.stringify(pattern)} excludes nothing: Kyverno supports only "*" and "?", and no namespace has ${shown} in its name`,
  };
}

function wildcardProblem(pattern: string, { view, namespaces }: Context): Problem | undefined {
  const names = namespaces.map(namespace => namespace.name);
  const hits = matchedNames(pattern, names);
  const unaffected = [kyvernoNamespace(view), ...view.catalog.catalog.pullSecrets.ignoredNamespaces];
  const reachable = names.filter(name => !unaffected.includes(name));
  if (reachable.every(name => hits.includes(name))) {
    return {
      message: `"${pattern}" excludes every namespace, so no Pod gets the secrets: it matches ${atMost(reachable, 5)}`,
    };
  }
  if (pattern.includes('?')) return questionMark(pattern, hits, names);
  if (hits.length > 0) return undefined;
  return noHits(pattern, names);
}

/**
 * Upstream's values describe `?` as "at least one character". What else it would match is only reported for a
 * pattern that begins like those names: `a?` is not meant to match `argocd`.
 */
function questionMark(
  pattern: string,
  hits: readonly string[],
  names: readonly string[],
): Problem | undefined {
  const isTelling = pattern.search(/[*?]/) >= 3;
  if (hits.length > 0) {
    const missed = matchedNames(pattern.replaceAll('?', '?*'), names).filter(name => !hits.includes(name));
    const message = `"?" is exactly one character: "${pattern}" matches ${atMost(hits, 5)}, not ${atMost(missed, 5)}`;
    if (isTelling && missed.length > 0) return { severity: 'info', message };
    return undefined;
  }
  const missed = matchedNames(pattern.replaceAll('?', '*'), names);
  if (!isTelling || missed.length === 0) return noHits(pattern, names);
  return {
    message: `"?" is exactly one character: "${pattern}" matches no namespace of deployKF, so not ${atMost(missed, 5)}`,
  };
}

function noHits(pattern: string, names: readonly string[]): Problem {
  return {
    severity: 'hint',
    message: `"${pattern}" matches no namespace of deployKF, such as ${atMost(missedNames(pattern, names), 5)}`,
  };
}

/** A plain name may be any namespace of the cluster; only one that is almost a known name is wrong for sure. */
function nearMiss(name: string, context: Context): Problem | undefined {
  const names = [...context.namespaces.map(namespace => namespace.name), 'kyverno', 'argocd'];
  if (names.includes(name)) return undefined;
  const near = nearestName(name, names);
  if (near === undefined || !isSlip(name, near)) return undefined;
  return {
    message: `There is no namespace "${name}" in deployKF, did you mean "${near}"?`,
    fixes: writeName(context, near),
  };
}

/** At most two letters apart in length and with the same beginning and end, so that `team-2` is not taken for `team-1`. */
function isSlip(name: string, near: string): boolean {
  if (Math.abs(name.length - near.length) > 2 || /\d/.test(name) || /\d/.test(near)) return false;
  return name.length > 5 && name[0] === near[0] && name.at(-1) === near.at(-1);
}

function writeName({ item }: Context, name: string): readonly Fix[] {
  const { node } = item.effective.winner;
  return editFix(item.effective.winner, { title: `Write ${name}`, applies: 'choice' }, () => {
    if (node.kind !== 'scalar') return [];
    return [replaceScalar(node, name)];
  });
}

function remove({ block, item }: Context): readonly Fix[] {
  const list = block.excludeNamespaces?.winner.node;
  return editFix(
    block.excludeNamespaces?.winner,
    { title: 'Remove the item', applies: 'choice' },
    ({ source }) => {
      if (list?.kind !== 'seq') return [];
      return [removeItem(source, list, item.index)];
    },
  );
}
