import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { Body } from './blockSnippet.ts';
import { plain } from './markdown.ts';
import type { Suggestion } from './suggestion.ts';

/** A project file to fill in. `releases`: those that are known, the newest first. */
export function wholeProjectFile(releases: readonly string[]): Suggestion {
  const rule = map([
    ['source', fixed('"*"')],
    ['target', field('registry.example.com/{registry}/{path}')],
  ]);
  const stack = map([
    ['name', field('prod')],
    ['values', { kind: 'list', item: field('values.yaml') }],
  ]);
  return whole('deployKF project file', 'release, registry and stacks', {
    more: 'Which release, which private registry, and which values files make a stack.',
    body: map([
      ['release', { kind: 'field', choices: releases }],
      ['registry', map([['rules', { kind: 'list', item: rule }]])],
      ['stacks', { kind: 'list', item: stack }],
    ]),
  });
}

/**
 * An Argo CD Application to fill in, as upstream's `app-of-apps.yaml` has it. `releases`: those that are known, the newest first.
 */
export function wholeApplication(releases: readonly string[], { release }: CatalogIndex): Suggestion {
  const versions = [release, ...releases.filter(other => other !== release)].map(version => `"${version}"`);
  const parameter = (name: string, key: string, value: Body): Body =>
    map([
      ['name', fixed(name)],
      [key, value],
    ]);
  const parameters: Body = {
    kind: 'items',
    items: [
      parameter('source_version', 'string', { kind: 'field', choices: versions }),
      parameter('values_files', 'array', { kind: 'list', item: field('./values.yaml') }),
      parameter('values', 'string', { kind: 'literal', body: { kind: 'open' } }),
    ],
  };
  return whole('deployKF Application', 'Argo CD, with the plugin of deployKF', {
    more: 'The Application that deploys deployKF: a release, values files of a repository, and values on top of them.',
    body: map([
      ['apiVersion', fixed('argoproj.io/v1alpha1')],
      ['kind', fixed('Application')],
      [
        'metadata',
        map([
          ['name', fixed('deploykf-app-of-apps')],
          ['namespace', field('argocd')],
        ]),
      ],
      ['spec', applicationSpec(parameters)],
    ]),
  });
}

function applicationSpec(parameters: Body): Body {
  const source = map([
    ['repoURL', field('https://git.example.com/platform/deploykf.git')],
    ['targetRevision', field('main')],
    ['path', fixed('.')],
    [
      'plugin',
      map([
        ['name', fixed('deploykf')],
        ['parameters', parameters],
      ]),
    ],
  ]);
  return map([
    ['project', field('default')],
    ['source', source],
    [
      'destination',
      map([
        ['server', fixed('https://kubernetes.default.svc')],
        ['namespace', field('argocd')],
      ]),
    ],
  ]);
}

/** Values for a private registry, with its pull secret where the release has a policy for that. */
export function wholeValues({ catalog }: CatalogIndex): Suggestion {
  const secret = map([
    ['existingSecret', field('my-pull-secret')],
    ['existingSecretNamespace', field('argocd')],
  ]);
  const policy = map([
    ['enabled', fixed('true')],
    ['registryCredentials', { kind: 'list', item: secret }],
  ]);
  const istio = map([
    [
      'images',
      map([['istioProxy', map([['repository', field('registry.example.com/docker.io/istio/proxyv2')]])]]),
    ],
  ]);
  const kyverno = map([['clusterPolicies', map([['imagePullSecrets', policy]])]]);
  const sections: [string, Body][] = [['istio', istio]];
  if (catalog.pullSecretPolicy) sections.push(['kyverno', kyverno]);
  return whole('deployKF values for a private registry', 'an image and the pull secret', {
    more: 'One image of the private registry, and the Secret to pull it. The command "Rewrite to a Private Registry…" writes all others.',
    body: map([['deploykf_dependencies', map(sections)]]),
  });
}

function whole(
  text: string,
  detail: string,
  { more, body }: { readonly more: string; readonly body: Body },
): Suggestion {
  return { form: 'block', text, kind: 'block', detail, more: plain(more), body };
}

function map(pairs: readonly (readonly [string, Body])[]): Body {
  return { kind: 'map', pairs };
}

function field(choice: string): Body {
  return { kind: 'field', choices: [choice] };
}

function fixed(text: string): Body {
  return { kind: 'fixed', text };
}
