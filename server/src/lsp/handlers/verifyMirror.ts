import type { CancellationToken } from 'vscode-languageserver';
import type { StackView } from '../../core/analysis/stackView.ts';
import type { MirrorLock } from '../../core/mirror/lock.ts';
import { planOfStack } from '../../core/mirror/plan.ts';
import { planKey } from '../../core/mirror/verification.ts';
import { isComplete, verifyReport } from '../../core/report/verifyJson.ts';
import { sayThere } from '../../core/report/verifyText.ts';
import { registryHostProblem } from '../../core/secrets/registryHost.ts';
import { usualPlatform } from '../../core/verify/platform.ts';
import type { VerifiedImage } from '../../core/verify/types.ts';
import { verifiedUri } from '../../core/workspace/virtualUris.ts';
import type { RegistryAccess } from '../../host/registry/access.ts';
import { verifyImages, type WantedImage } from '../../host/registry/verifyImages.ts';
import { noPolicy, wantedImages } from '../../host/registry/wantedImages.ts';
import { sendNotification } from '../../protocol.ts';
import {
  verifyMirrorRequest,
  verifyProgressNotification,
  type VerifyMirrorResult,
} from '../../protocol/verify.ts';
import { clientTransport, traced } from '../clientTransport.ts';
import { defineHandler, type Session } from '../handler.ts';
import { readStackLock } from '../mirrorLock.ts';

/** Asks the registries for the images of a stack. Only a client that sends requests for the server has use for it. */
export const verifyMirrorHandler = defineHandler(
  verifyMirrorRequest,
  async (session, { stack: id }, token): Promise<VerifyMirrorResult> => {
    const { workspace, registries } = session;
    if (registries === undefined || session.client.own.sendsHttp !== true)
      return refused(
        'registries cannot be asked from a browser: open the folder in VS Code on a computer, or run deploykf-values verify',
      );
    if (session.trace.isTraced) return refused(traced);
    const plan = workspace.snapshot.planById(id);
    const view = plan && workspace.snapshot.view(plan);
    if (plan === undefined || view === undefined) return refused('the stack does not exist any more');
    const lock = await readStackLock(workspace, plan);
    if (lock.kind === 'broken') return refused(lock.problem);
    return verify(session, { view, lock: lock.lock, registries, token });
  },
);

interface Asked {
  readonly view: StackView;
  readonly lock: MirrorLock | undefined;
  readonly registries: RegistryAccess;
  readonly token: CancellationToken;
}

async function verify(
  session: Session,
  { view, lock, registries, token }: Asked,
): Promise<VerifyMirrorResult> {
  const { workspace } = session;
  const { stack } = view;
  const plan = planOfStack(view);
  const wanted = wantedImages(view, plan.copies, lock);
  if (wanted === undefined) return refused(noPolicy);
  const notes: string[] = [];
  const images = await ask(session, wanted, { registries, token, notes });
  if (typeof images === 'string') return refused(images);
  if (token.isCancellationRequested) return refused('it was cancelled');
  const verified = new Map(images.map(image => [image.target, image]));
  const time = new Date().toTimeString().slice(0, 5);
  workspace.setVerified(stack.id, { planKey: planKey(plan), images: verified, time });
  const report = verifyReport(plan, images);
  return {
    kind: 'verified',
    document: verifiedUri(stack.id, stack.name),
    summary: sayThere(report),
    isComplete: isComplete(report),
    notes,
  };
}

/** Why they cannot be asked, or what was seen. */
async function ask(
  { connection, workspace, verifySettings, trace }: Session,
  wanted: readonly WantedImage[],
  { registries, token, notes }: Pick<Asked, 'registries' | 'token'> & { readonly notes: string[] },
): Promise<readonly VerifiedImage[] | string> {
  const { registryCa, plainHttp, platform } = await verifySettings();
  for (const host of plainHttp) {
    const problem = registryHostProblem(host);
    if (problem !== undefined) return `deploykf.verify.plainHttp: ${problem}`;
  }
  const authorities: string[] = [];
  if (registryCa !== undefined) {
    const authority = await registries.readAuthority(registryCa);
    if (authority.kind === 'none') return `deploykf.verify.registryCa: ${registryCa} ${authority.problem}`;
    authorities.push(authority.text);
  }
  const stop = new AbortController();
  token.onCancellationRequested(() => stop.abort());
  const { images } = await verifyImages(wanted, {
    transport: clientTransport({ connection, access: registries, authorities, trace }),
    findLogin: registries.findLogin(workspace.outerFolders, note => notes.push(note)),
    plainHttp,
    signal: stop.signal,
    isDeep: false,
    withSource: false,
    platform: platform && usualPlatform(platform),
    onProgress: (done, all) => {
      // A client that is gone does not want to know.
      sendNotification(connection, verifyProgressNotification, { done, all }).catch(() => undefined);
    },
  });
  return images;
}

function refused(reason: string): VerifyMirrorResult {
  return { kind: 'refused', reason };
}
