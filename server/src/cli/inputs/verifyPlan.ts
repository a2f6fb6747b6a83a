import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StackView } from '../../core/analysis/stackView.ts';
import type { MirrorLock } from '../../core/mirror/lock.ts';
import type { MirrorPlan } from '../../core/mirror/types.ts';
import { verifyReport, type VerifyReport } from '../../core/report/verifyJson.ts';
import { usualPlatform } from '../../core/verify/platform.ts';
import { registryHostProblem } from '../../core/secrets/registryHost.ts';
import { readAuthority } from '../../host/registry/authority.node.ts';
import { dockerLoginFinder } from '../../host/registry/dockerLogins.node.ts';
import { nodeTransport } from '../../host/registry/nodeTransport.node.ts';
import { verifyImages } from '../../host/registry/verifyImages.ts';
import { noPolicy, wantedImages } from '../../host/registry/wantedImages.ts';
import { Progress } from '../io/progress.ts';
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
  /** Does not say how far it is. */
  readonly quiet: boolean;
}

/** What the registries have of a plan; a text: why they cannot be asked. */
export async function verifyPlan(io: Io, request: VerifyRequest): Promise<VerifyReport | string> {
  const { plan, lock, view, registryCa, plainHttp } = request;
  const wanted = wantedImages(view, plan.copies, lock);
  if (wanted === undefined) return noPolicy;
  for (const host of plainHttp) {
    const problem = registryHostProblem(host);
    if (problem !== undefined) return problem;
  }
  const authorities: string[] = [];
  if (registryCa !== undefined) {
    const authority = await readAuthority(resolve(io.cwd, registryCa));
    if (authority.kind === 'none') return `--registry-ca: ${registryCa} ${authority.problem}`;
    authorities.push(authority.text);
  }
  const stop = new AbortController();
  const progress = new Progress(io.stderr);
  const release = io.onInterrupt(() => stop.abort());
  const { images } = await verifyImages(wanted, {
    transport: nodeTransport({ authorities, env: io.env }),
    findLogin: dockerLoginFinder({
      env: io.env,
      untrusted: [io.cwd, ...foldersOf(view)],
      complain: message => complain(io, message),
    }),
    plainHttp,
    signal: stop.signal,
    isDeep: request.isDeep,
    withSource: request.withSource,
    platform: request.platform && usualPlatform(request.platform),
    onProgress: (done, all) => {
      if (!request.quiet) progress.show(`${done} of ${all} images`);
    },
  });
  progress.end();
  release();
  return verifyReport(plan, images);
}

/** The plan without the images that are there as they should be; a text: why that cannot be told. */
export async function missingOf(
  io: Io,
  plan: MirrorPlan,
  options: Pick<VerifyRequest, 'lock' | 'view' | 'platform' | 'registryCa' | 'plainHttp' | 'quiet'>,
): Promise<MirrorPlan | string> {
  const { lock, view, platform, registryCa, plainHttp, quiet } = options;
  const asked = { plan, lock, view, platform, registryCa, plainHttp, quiet };
  const report = await verifyPlan(io, { ...asked, isDeep: false, withSource: false });
  if (typeof report === 'string') return report;
  const unknown = report.images.find(({ state }) => state === 'unreachable' || state === 'unchecked');
  if (unknown !== undefined) return `what is missing is not known, ${unknown.target}: ${unknown.detail}`;
  const there = new Set(report.images.flatMap(({ state, target }) => (state === 'there' ? [target] : [])));
  const missingSince = new Date().toISOString();
  return {
    ...plan,
    missingSince,
    copies: plan.copies.filter(({ target }) => target === undefined || !there.has(target)),
  };
}

/** Where the files of the stack are, and the one that defines it. */
function foldersOf({ stack }: StackView): readonly string[] {
  const uris = [stack.definedAt?.uri, ...stack.layers.map(({ file }) => file?.uri)];
  return uris.flatMap(uri => (uri?.startsWith('file:') === true ? [dirname(fileURLToPath(uri))] : []));
}
