import type { StackView } from '../../analysis/stackView.ts';
import {
  pullSecretsBlock,
  pullSecretsPath,
  type BlockItem,
  type PullSecretsBlock,
} from '../../pullSecrets/block.ts';
import { explainPullSecrets } from '../../pullSecrets/explain.ts';
import { handedValues, lostSecret, podSwitches } from '../../pullSecrets/reach.ts';
import { hasWildcard } from '../../secrets/wildcard.ts';
import { removeItem } from '../../yaml/remove.ts';
import { sayList } from '../../text/list.ts';
import {
  nearestLocation,
  parsesWhole,
  reportAt,
  effectiveLocation,
  type ReportLocation,
} from '../../findings/location.ts';
import { misformedSecrets } from './chartSecretForm.ts';
import {
  openPullSecrets,
  overrideFixes,
  pullSecretGaps,
  repositoriesOf,
  sayImages,
  switchFixes,
  withoutKey,
  type PullSecretGap,
} from './pullSecretGaps.ts';
import { editFix } from './pullSecretChanges.ts';
import { imageLabel } from '../image/rewriteChanges.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

const example = (excluded: string): string =>
  [
    'deploykf_dependencies:',
    '  kyverno:',
    '    clusterPolicies:',
    '      imagePullSecrets:',
    '        enabled: true',
    `        excludeNamespaces: [${excluded}]`,
    '        registryCredentials:',
    '          - existingSecret: my-docker-config',
    '            existingSecretNamespace: argocd',
    'deploykf_core:',
    '  deploykf_auth:',
    '    images:',
    '      dex:',
    '        repository: registry.example.com/dexidp/dex',
    '',
  ].join('\n');

/** Private images whose Pods get no pull secret although the policy is on. */
export const pullSecretsUnreached: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-unreached',
  severity: 'warning',
  doc: {
    summary: 'Pods pull from a private registry where the pull-secret policy does not reach them',
    why: [
      'The policy acts when a Pod is created, in every namespace that no pattern of `excludeNamespaces`',
      'matches. So its secrets do not arrive in three cases, and a private image cannot be pulled there:',
      '',
      '- the namespace is excluded;',
      "- the Pods are Kyverno's own: its namespace is always excluded;",
      '- the component starts before the policy exists: cert-manager and Istio come in earlier sync waves',
      '  than Kyverno. deployKF waits until a whole wave is healthy, so an image that cannot be pulled',
      '  there stops everything before Kyverno exists.',
      '',
      'In the last two cases, the only remedies are credentials on the nodes, a registry that needs none,',
      "or a Secret that is passed to the component's chart with `valuesOverrides`. The chart of Kyverno",
      '3.0.1, which all releases use, has none for its cleanup jobs (`images.kubectl`), but',
      '`kyverno.cleanupJobs.*.enabled: false` switches them off. Where `valuesOverrides` already pass a',
      'Secret to the chart, nothing is reported. Where they are a string that a template fills in, an info',
      'finding says that this is not known.',
      '',
      'Images that need credentials are those that `registry.credentials` of the project file lists, else',
      'all of a private registry.',
    ].join('\n'),
    bad: example('argocd, kube-system, deploykf-auth'),
    good: example('argocd, kube-system'),
    fix: 'Offers to remove the item that excludes, and the exact `valuesOverrides` of the chart. The Secret must be in that namespace before the sync.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  if (!view.catalog.catalog.pullSecretPolicy || !parsesWhole(view)) return [];
  const { rendered, refused, templated, clones } = explainPullSecrets(view);
  const { isReachTemplated } = pullSecretsBlock(view);
  if (!rendered || refused !== undefined || isReachTemplated || clones.length === 0) return [];
  const gaps = openGaps(view).flatMap(gap => {
    if (gap.verdict === 'excluded') return reportExcluded(view, gap);
    return reportAt(componentPlace(view, gap), {
      message: messageOf(view, gap),
      images: repositoriesOf(gap.images),
      path: gap.images[0]?.entry.component.path ?? '',
      // What Secret a chart is to have is not known where its name is not.
      fixes: [...(templated ? [] : overrideFixes(view, gap)), ...switchFixes(view, gap)],
    });
  });
  return [...gaps, ...reportOpen(view)];
}

/** Where a chart gets a Secret in the wrong form, that is what is wrong: pull-secrets-type says it. */
function openGaps(view: StackView): readonly PullSecretGap[] {
  const misformed = misformedSecrets(view);
  const gaps = pullSecretGaps(view);
  if (misformed.size === 0) return gaps;
  return gaps
    .map(gap => {
      const images = gap.images.filter(({ entry }) =>
        handedValues(view, entry).every(({ path }) => !misformed.has(path.join('.'))),
      );
      return { ...gap, images };
    })
    .filter(({ images }) => images.length > 0);
}

function reportOpen(view: StackView): readonly Report[] {
  return [...openPullSecrets(view)].flatMap(([path, images]) => {
    const title = images[0]?.entry.component.title ?? path;
    return reportAt(nearestLocation(view, `${path}.valuesOverrides`), {
      message: `${title}: a template fills in "valuesOverrides", so that it is not known whether its chart gets a pull secret for ${sayImages(images)}`,
      images: repositoriesOf(images),
      path: `${path}.valuesOverrides`,
      severity: 'info',
    });
  });
}

function componentPlace(view: StackView, { images }: PullSecretGap): ReportLocation | undefined {
  const component = images[0]?.entry.component.path;
  if (component === undefined) return undefined;
  return nearestLocation(view, `${component}.valuesOverrides`);
}

function messageOf(view: StackView, gap: PullSecretGap): string {
  return `${cause(gap)} ${sayImages(gap.images)}: ${remedy(view, gap)}`;
}

function cause({ verdict, images, namespaces }: PullSecretGap): string {
  const where = sayList(namespaces);
  if (verdict === 'early')
    return `${images[0]?.entry.component.title ?? where} starts before the pull-secret policy exists, and pulls`;
  if (verdict === 'own')
    return `The pull-secret policy never reaches Kyverno's own namespace "${where}", whose Pods pull`;
  return `Kyverno ignores ${where}, whatever the policy says, whose Pods pull`;
}

function remedy(view: StackView, { images }: PullSecretGap): string {
  const bare = withoutKey(view, images);
  if (bare.length === images.length) {
    const isSwitchable = bare.every(({ entry }) => podSwitches(view, entry).length > 0);
    return `give the nodes credentials${isSwitchable ? ', or switch these jobs off' : ''}`;
  }
  let todo = 'pass a Secret to the chart with "valuesOverrides"';
  const lost = images.map(({ entry }) => lostSecret(view, entry)).find(each => each !== undefined);
  if (lost !== undefined)
    todo = `name the Secret in "${lost.by}" of "valuesOverrides", which takes the place of "${lost.path}"`;
  if (bare.length === 0) return todo;
  return `${todo}, it takes none for ${sayList(bare.map(({ entry }) => imageLabel(entry)))}`;
}

function reportExcluded(view: StackView, gap: PullSecretGap): readonly Report[] {
  const block = pullSecretsBlock(view);
  const item = block.patterns.find(({ value }) => value === gap.by);
  const path = `${pullSecretsPath}.excludeNamespaces`;
  const place = effectiveLocation(item?.effective) ?? nearestLocation(view, path);
  const fixes = [...overrideFixes(view, gap)];
  // Pods that start before the policy would get nothing either way.
  if (!gap.startsEarly) fixes.unshift(...removeFixes(block, item));
  return reportAt(place, {
    message: `"${gap.by}" keeps the pull secrets from ${sayList(gap.namespaces)}, whose Pods pull ${sayImages(gap.images)}`,
    images: repositoriesOf(gap.images),
    path: item === undefined ? path : `${path}[${item.index}]`,
    fixes,
  });
}

/** A pattern may be meant for other namespaces, too. */
function removeFixes({ excludeNamespaces }: PullSecretsBlock, item: BlockItem | undefined): readonly Fix[] {
  const list = excludeNamespaces?.winner.node;
  if (item === undefined || list?.kind !== 'seq') return [];
  const { value, index } = item;
  if (typeof value !== 'string' || hasWildcard(value)) return [];
  return editFix(
    excludeNamespaces?.winner,
    { title: `Remove ${value} from the list`, applies: 'choice' },
    file => [removeItem(file.source, list, index)],
  );
}
