import { splitImage } from '../../image/splitImage.ts';
import type { HiddenCopy } from '../types.ts';
import { comments, refused, refusedFor, type Exported, type Exporter } from './exporter.ts';

/** How the policy is called in the cluster. */
export const kyvernoPolicyName = 'mirror-hidden-images';

/** A policy of Kyverno that gives Pods of profiles the mirror's images in place of those that no value can change. */
export const kyverno: Exporter = {
  name: 'kyverno',
  language: 'yaml',
  withoutPlannedImages: true,
  summary: 'a ClusterPolicy of Kyverno, for images that no value can change',
  write: plan => {
    if (plan.refused.length > 0) return refused(...plan.refused);
    const policy = kyvernoPolicy(plan.hidden);
    if (policy.kind === 'refused') return policy;
    const header = comments([
      `Images of deployKF ${plan.release} that no value can change, pulled from the mirror by new Pods in namespaces of profiles.`,
      'For kubectl apply. In extraManifests it must be escaped for Helm, as the quick fix of image-hidden does.',
      'Pods that name an image by its digest, and images of all other Pods, stay as they are.',
    ]);
    return { ...policy, text: [...header, policy.text].join('\n'), notes: plan.kyvernoNotes };
  },
};

/** An image as Pods may name it, and what takes its place. */
interface Redirect {
  readonly names: readonly string[];
  readonly target: string;
}

/**
 * The manifest alone. Images that the registry policy does not map are not in it.
 *
 * Every part has its reason in what Kyverno 1.10 does: patchStrategicMerge puts patched containers first; a list that is missing is an
 * error, and an error denies the Pod; variables of a context within foreach are not read (kyverno@v1.10.0:pkg/engine/mutate).
 */
export function kyvernoPolicy(hidden: readonly HiddenCopy[]): Exported {
  if (hidden.length === 0) return refused('the stack pulls no image that no value can change');
  const redirects: Redirect[] = [];
  for (const { reference, target } of hidden)
    if (target !== undefined && splitImage(reference).digest === undefined)
      redirects.push({ names: spellings(reference), target });
  if (redirects.length === 0)
    return refused('the registry policy maps none of the images that no value can change');
  const unsafe = redirects.map(({ target }) => target).filter(target => !/^[\w./:@-]+$/.test(target));
  if (unsafe.length > 0)
    return refusedFor(unsafe.map(target => `${JSON.stringify(target)} would be more than a text to Kyverno`));
  const rules = ['initContainers', 'containers'].flatMap(list => ruleLines(list, redirects));
  return { kind: 'written', text: policyStart + [...head, ...rules].map(line => `${line}\n`).join('') };
}

/** How every such manifest starts. */
export const policyStart = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: ${kyvernoPolicyName}
`;

const head = [
  '  annotations:',
  '    argocd.argoproj.io/sync-wave: "10"',
  '    pod-policies.kyverno.io/autogen-controllers: "none"',
  'spec:',
  '  background: false',
  '  failurePolicy: Ignore',
  '  rules:',
];

function ruleLines(list: string, redirects: readonly Redirect[]): readonly string[] {
  return [
    `    - name: ${list === 'containers' ? 'containers' : 'init-containers'}`,
    '      match:',
    '        any:',
    '          - resources:',
    '              kinds: [Pod]',
    '              operations: [CREATE]',
    '              namespaceSelector:',
    '                matchLabels:',
    '                  app.kubernetes.io/part-of: kubeflow-profile',
    '      preconditions:',
    '        all:',
    `          - key: "{{ request.object.spec.${list}[].image || \`[]\` }}"`,
    '            operator: AnyIn',
    '            value: [',
    ...redirects.map(({ names }) => `              ${quoted(names)},`),
    '            ]',
    '      mutate:',
    '        foreach:',
    ...redirects.flatMap(redirect => patchLines(list, redirect)),
  ];
}

function patchLines(list: string, { names, target }: Redirect): readonly string[] {
  return [
    `          - list: request.object.spec.${list}`,
    '            preconditions:',
    '              all:',
    '                - key: "{{ element.image }}"',
    '                  operator: AnyIn',
    `                  value: [${quoted(names)}]`,
    '            patchesJson6902: |-',
    '              - op: replace',
    `                path: /spec/${list}/{{ elementIndex }}/image`,
    `                value: "${target}"`,
  ];
}

function quoted(texts: readonly string[]): string {
  return texts.map(text => `"${text}"`).join(', ');
}

/** Every way to name a canonical image: Kyverno 1.10 compares them as they are written. */
function spellings(reference: string): readonly string[] {
  const hub = 'docker.io/';
  if (!reference.startsWith(hub)) return [reference];
  const path = reference.slice(hub.length);
  const official = path.startsWith('library/') ? path.slice('library/'.length) : undefined;
  const short = official === undefined ? [] : [hub + official, official];
  return [reference, path, ...short, `index.${reference}`];
}
