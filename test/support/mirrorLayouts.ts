/** How a private registry may be laid out: the rules of a policy, for every registry that a release pulls from. */
export interface MirrorLayout {
  readonly name: string;
  readonly rules: readonly object[];
}

const ecr = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

/** A place for each upstream; `ecr` is the public registry of Amazon. */
interface Places {
  readonly docker: string;
  readonly ghcr: string;
  readonly gcr: string;
  readonly quay: string;
  readonly ecr: string;
}

function eachTo(places: Places, others: readonly object[] = []): readonly object[] {
  return [
    { source: 'docker.io', target: places.docker },
    { source: 'ghcr.io', target: places.ghcr },
    { source: 'gcr.io', target: places.gcr },
    { source: 'quay.io', target: places.quay },
    { source: 'public.ecr.aws', target: places.ecr },
    ...others,
  ];
}

/** `PLACE` stands for the short name of the upstream. */
function eachAs(pattern: string, others: readonly object[] = []): readonly object[] {
  const place = (name: string): string => pattern.replace('PLACE', name);
  const names = {
    docker: place('dockerhub'),
    ghcr: place('ghcr'),
    gcr: place('gcr'),
    quay: place('quay'),
    ecr: place('ecr'),
  };
  return eachTo(names, others);
}

/** The layouts that products lead to. */
export const mirrorLayouts: readonly MirrorLayout[] = [
  { name: 'host-swap', rules: [{ source: '*', target: 'registry.corp' }] },
  { name: 'host-swap-familiar', rules: [{ source: '*', target: 'registry.corp', library: 'strip' }] },
  { name: 'project-prefix', rules: [{ source: '*', target: 'harbor.corp/deploykf' }] },
  { name: 'host-in-path', rules: [{ source: '*', target: 'registry.corp/mirror/{registry}' }] },
  { name: 'harbor-proxy-projects', rules: eachAs('harbor.corp/PLACE-proxy') },
  {
    name: 'ecr-pull-through',
    rules: eachTo({
      docker: `${ecr}/docker-hub`,
      ghcr: `${ecr}/github`,
      gcr: `${ecr}/mirror/gcr.io`,
      quay: `${ecr}/quay`,
      ecr: `${ecr}/ecr-public`,
    }),
  },
  { name: 'acr-cache-wildcard', rules: eachAs('myreg.azurecr.io/PLACE') },
  {
    name: 'acr-cache-fixed',
    rules: eachAs('myreg.azurecr.io/PLACE', [
      { source: 'docker.io/library/redis', target: 'myreg.azurecr.io/redis' },
    ]),
  },
  { name: 'gar-remote-repos', rules: eachAs('us-central1-docker.pkg.dev/my-project/PLACE-proxy') },
  { name: 'artifactory-path', rules: eachAs('acme.jfrog.io/PLACE-remote') },
  { name: 'artifactory-path-virtual', rules: [{ source: '*', target: 'acme.jfrog.io/docker-virtual' }] },
  { name: 'artifactory-subdomain', rules: eachAs('PLACE-remote.artifactory.corp') },
  { name: 'artifactory-saas-subdomain', rules: eachAs('acme-PLACE-remote.jfrog.io') },
  {
    name: 'port-per-repo',
    rules: eachTo({
      docker: 'nexus.corp:8082',
      ghcr: 'nexus.corp:8083',
      gcr: 'nexus.corp:8084',
      quay: 'nexus.corp:8085',
      ecr: 'nexus.corp:8086',
    }),
  },
  { name: 'nexus-path', rules: eachAs('nexus.corp/PLACE-proxy') },
  {
    name: 'gitlab-dependency-proxy',
    rules: [
      { source: 'docker.io', target: 'gitlab.corp/platform/dependency_proxy/containers', library: 'strip' },
    ],
  },
  { name: 'quay-proxy-org', rules: eachAs('quay.corp/PLACE') },
  {
    name: 'quay-proxy-namespace',
    rules: eachAs('quay.corp/PLACE', [{ source: 'docker.io/library', target: 'quay.corp/dockerlib' }]),
  },
  { name: 'flatten', rules: [{ source: '*', target: 'docker.io/acme', path: 'flat' }] },
  { name: 'last-component', rules: [{ source: '*', target: 'registry.corp/acme', path: 'last' }] },
  { name: 'partial', rules: [{ source: 'docker.io', target: 'registry.corp/hub' }] },
];
