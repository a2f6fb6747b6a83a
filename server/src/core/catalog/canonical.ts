/**
 * A repository's name for comparison: as container runtimes complete it, without looking whether it is valid.
 */
export function canonicalOf(repository: string): string {
  const slash = repository.indexOf('/');
  const first = repository.slice(0, Math.max(0, slash));
  if (/[.:]/.test(first) || first === 'localhost')
    return repository.replace(/^docker\.io\/([^/]+)$/, 'docker.io/library/$1');
  if (slash < 0) return `docker.io/library/${repository}`;
  return `docker.io/${repository}`;
}
