import { resolve } from 'node:path';
import type { StackView } from '../../core/analysis/stackView.ts';
import type { MirrorLock } from '../../core/mirror/lock.ts';
import type { ImageCopy, MirrorPlan } from '../../core/mirror/types.ts';
import { isCacheTarget } from '../../core/policy/cache.ts';
import type { VerifyReport } from '../../core/report/verifyJson.ts';
import { registryHostProblem } from '../../core/secrets/registryHost.ts';
import { describeUnread } from '../../host/files.ts';
import { readTextFile } from '../../host/readFile.node.ts';
import { dockerLoginFinder } from '../../host/registry/dockerLogins.node.ts';
import { nodeTransport } from '../../host/registry/nodeTransport.node.ts';
import { verifyImages } from '../../host/registry/verifyImages.ts';
import { complain, type Io } from '../io/io.ts';

/** How the registries are asked. */
export interface VerifyRequest {
  readonly plan: Pick<MirrorPlan, 'stack' | 'release' | 'copies' | 'unresolved'>;
  readonly lock: MirrorLock | undefined;
  readonly view: StackView;
  readonly isDeep: boolean;
  readonly withSource: boolean;
  readonly platform: string | undefined;
  readonly registryCa: string | undefined;
  readonly plainHttp: readonly string[];
}

/** What the registries have of a plan; a text: why they cannot be asked. */
export async function verifyPlan(io: Io, request: VerifyRequest): Promise<VerifyReport | string> {
  const { plan, lock, view, registryCa, plainHttp } = request;
  const mapped = plan.copies.flatMap(copy =>
    copy.target === undefined ? [] : [{ ...copy, target: copy.target }],
  );
  if (plan.copies.length > 0 && mapped.length === 0)
    return 'no registry policy says where the images are: write one with deploykf-values init --registry HOST';
  for (const host of plainHttp) {
    const problem = registryHostProblem(host);
    if (problem !== undefined) return problem;
  }
  const authority = registryCa === undefined ? undefined : await readAuthority(io, registryCa);
  if (typeof authority === 'object') return authority.problem;
  const stop = new AbortController();
  const release = io.onInterrupt(() => stop.abort());
  const { images } = await verifyImages(
    mapped.map(({ source, target }) => ({
      source,
      target,
      locked: lock?.images.get(target),
      isCache: view.policy !== undefined && isCacheTarget(view.policy, target),
    })),
    {
      transport: nodeTransport({ authorities: authority === undefined ? [] : [authority], env: io.env }),
      findLogin: dockerLoginFinder({
        env: io.env,
        untrusted: [io.cwd],
        complain: message => complain(io, message),
      }),
      plainHttp,
      signal: stop.signal,
      isDeep: request.isDeep,
      withSource: request.withSource,
      // The only variant of this architecture, which registries leave out.
      platform: request.platform?.replace(/^(linux\/arm64)\/v8$/, '$1'),
      onProgress: (done, all) => io.stderr.showProgress(`${done} of ${all} images`),
    },
  );
  io.stderr.showProgress('');
  release();
  const { stack, release: version, unresolved } = plan;
  return { stack, release: version, images, unresolved: [...unresolved, ...unmapped(plan.copies)] };
}

/** The plan without the images that are there as they should be; a text: why that cannot be told. */
export async function missingOf(
  io: Io,
  plan: MirrorPlan,
  options: Pick<VerifyRequest, 'lock' | 'view' | 'platform' | 'registryCa' | 'plainHttp'>,
): Promise<MirrorPlan | string> {
  const { lock, view, platform, registryCa, plainHttp } = options;
  const asked = { plan, lock, view, platform, registryCa, plainHttp };
  const report = await verifyPlan(io, { ...asked, isDeep: false, withSource: false });
  if (typeof report === 'string') return report;
  const unknown = report.images.find(({ state }) => state === 'unreachable' || state === 'unchecked');
  if (unknown !== undefined) return `what is missing is not known, ${unknown.target}: ${unknown.detail}`;
  const there = new Set(report.images.flatMap(({ state, target }) => (state === 'there' ? [target] : [])));
  return { ...plan, copies: plan.copies.filter(({ target }) => target === undefined || !there.has(target)) };
}

function unmapped(copies: readonly ImageCopy[]): MirrorPlan['unresolved'] {
  return copies
    .filter(({ target }) => target === undefined)
    .map(({ source, paths }) => ({
      reference: source,
      reason: 'no rule of the registry policy maps it',
      paths,
    }));
}

async function readAuthority({ cwd }: Io, path: string): Promise<string | { readonly problem: string }> {
  const file = await readTextFile(resolve(cwd, path), 'anywhere');
  if (file.kind !== 'text') return { problem: `--registry-ca: ${path} ${describeUnread(file)}` };
  if (/-----BEGIN CERTIFICATE-----/.test(file.text)) return file.text;
  return { problem: `--registry-ca: ${path} has no certificate in PEM form` };
}
