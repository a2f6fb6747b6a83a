import type { StackView } from '../../analysis/stackView.ts';
import { repositoriesOf } from './pullSecretGaps.ts';
import { pullSecretsBlock, pullSecretsPath } from '../../pullSecrets/block.ts';
import { secretProblems } from '../../secrets/secretProblems.ts';
import { imagesToCover } from '../../pullSecrets/privateImages.ts';
import { configOf, coversAny, hasHosts, jointCover } from '../../pullSecrets/sources.ts';
import { sayList } from '../../text/list.ts';
import { keyLocationOf, reportAt, userSay } from '../../findings/location.ts';
import { secretExample } from './pullSecretExamples.ts';
import { sourcedCredentials, type SourcedCredential } from './pullSecretSources.ts';
import type { Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

const dex =
  'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: registry.example.com/dexidp/dex\n';

/** A private registry that none of the copied Secrets has credentials for. */
export const pullSecretsUncovered: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-uncovered',
  severity: 'warning',
  doc: {
    summary:
      'No Secret of `registryCredentials` has credentials for a private registry that the stack pulls from',
    why: [
      'The kubelet matches an image with the keys of `auths` by host (`*` matches one part of it), port',
      'and the beginning of the path. If none matches, it pulls without credentials.',
      '',
      'Reported only where the Secrets of all entries were found and read. An entry whose Secret covers',
      'no image of the stack is a hint: it may be for your own images.',
    ].join('\n'),
    bad: dex + secretExample({ host: 'registry.example.org' }),
    good: dex + secretExample({}),
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const sourced = sourcedCredentials(view);
  const isCovered = jointCover(
    view,
    sourced.map(({ credential }) => credential),
  );
  const hints = sourced.flatMap(credential => unused(view, credential));
  if (isCovered === undefined) return hints;
  return [...uncovered(view, isCovered), ...hints];
}

function uncovered(view: StackView, isCovered: (repository: string) => boolean): readonly Report[] {
  const counts = new Map<string, number>();
  const open = imagesToCover(view).filter(({ repository }) => !isCovered(repository));
  for (const { registry } of open) counts.set(registry, (counts.get(registry) ?? 0) + 1);
  if (counts.size === 0) return [];
  const say = userSay(pullSecretsBlock(view).registryCredentials);
  const hosts = [...counts].map(([host, count]) => {
    return count === 1 ? `${host} (1 image)` : `${host} (${count} images)`;
  });
  return reportAt(say && keyLocationOf(say), {
    message: `No Secret here has credentials for ${sayList(hosts)}: add them to one, or an entry with a Secret that has them`,
    images: repositoriesOf(open),
    path: `${pullSecretsPath}.registryCredentials`,
  });
}

/** Public images count, too: Docker Hub lets those who sign in pull more. */
function unused(view: StackView, { source, label, place, credential }: SourcedCredential): readonly Report[] {
  if (source.kind !== 'found' || !source.secrets.every(hasHosts)) return [];
  const { secrets } = source;
  // Meant for Docker Hub, which pull-secrets-secret-invalid says.
  if (secrets.some(secret => secretProblems(secret).some(({ kind }) => kind === 'hub'))) return [];
  const enabled = view.images.filter(entry => entry.enabled);
  const repositories = enabled.flatMap(({ canonical }) => canonical ?? []);
  if (repositories.length === 0 || repositories.some(repository => coversAny(secrets, repository))) return [];
  const hosts = [...new Set(secrets.flatMap(secret => configOf(secret)?.hosts ?? []))];
  return reportAt(place, {
    severity: 'hint',
    message: `Secret "${label}" has credentials for ${sayList(hosts)}, but no image of this stack comes from there`,
    path: `${pullSecretsPath}.registryCredentials[${credential.index}]`,
  });
}
