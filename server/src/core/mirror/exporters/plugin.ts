import { normalizeReference, familiarName, printRepository } from '../../image/reference.ts';
import { splitImage } from '../../image/splitImage.ts';
import { ownValue } from '../../text/ownValue.ts';
import type { PluginCopy } from '../types.ts';
import { comments, copyPairs, isExported, refused, type Exporter } from './exporter.ts';
import { yamlText } from './yamlText.ts';

/** Values of the chart argo-cd by the repositories that they name (argo-helm@argo-cd-6.7.18:charts/argo-cd/values.yaml). */
const helmKeys: { readonly [repository: string]: string } = {
  'quay.io/argoproj/argocd': 'global',
  'ghcr.io/dexidp/dex': 'dex',
  'public.ecr.aws/docker/library/redis': 'redis',
};

/** What to write into the files of the ArgoCD plugin: images of its kustomization, and values of its chart. */
export const plugin: Exporter = {
  name: 'plugin',
  summary: "the images for the files of deployKF's ArgoCD plugin",
  language: 'yaml',
  withoutPlannedImages: true,
  write: plan => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const images = plan.plugin.flatMap(copy =>
      copy.target === undefined ? [] : [{ ...copy, target: copy.target }],
    );
    if (images.length === 0)
      return refused(`deployKF ${plan.release} has no ArgoCD plugin with images to replace`);
    const texts = [kustomization(images.filter(({ variant }) => variant === 'kustomize'))];
    const helm = images.filter(({ variant }) => variant === 'helm');
    if (helm.length > 0) texts.push(helmValues(helm));
    return { kind: 'written', text: texts.join('---\n') };
  },
};

type Targeted = PluginCopy & { readonly target: string };

/** Kustomize compares names as they are written, so that each spelling has its item; one that fits nothing does nothing. */
function kustomization(images: readonly Targeted[]): string {
  const items = images.flatMap(({ written, target }) => {
    const { repository: newName, tag, digest } = splitImage(target);
    const version = digest === undefined ? { newTag: tag ?? 'latest' } : { digest };
    return spellings(written).map(name => ({ name, newName, ...version }));
  });
  return yamlText(['argocd-plugin/argocd-install/kustomization.yaml: add these to its images.'], {
    images: items,
  });
}

function spellings(written: string): readonly string[] {
  const { reference } = normalizeReference(written);
  const { repository } = splitImage(written);
  if (reference === undefined) return [repository];
  const familiar = splitImage(familiarName(reference)).repository;
  return [...new Set([repository, familiar, printRepository(reference)])];
}

/** Images within lists of containers cannot be set from another file of values: they are replaced where they are written. */
function helmValues(images: readonly Targeted[]): string {
  const values: { [key: string]: { image: { repository: string; tag: string } } } = {};
  const replaced: string[] = [];
  for (const { written, target } of images) {
    const { repository, tag = 'latest' } = splitImage(target);
    const key = ownValue(helmKeys, splitImage(written).repository);
    if (key === undefined) replaced.push(`image: ${written} becomes image: ${target}`);
    else values[key] = { image: { repository, tag } };
  }
  const header = [
    'argocd-plugin/argocd-helm/values.yaml: add these values, and replace in repoServer.initContainers and repoServer.extraContainers:',
    ...replaced,
  ];
  if (Object.keys(values).length === 0)
    return comments(header)
      .map(line => `${line}\n`)
      .join('');
  return yamlText(header, values);
}
