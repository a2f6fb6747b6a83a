import { addPullSecret } from '../../core/features/addPullSecret.ts';
import { offerPullSecret } from '../../core/features/offerPullSecret.ts';
import { ownSecretNamespaces } from '../../core/features/secretNamespaces.ts';
import { normalizeUri } from '../../core/stack/uri.ts';
import { offerPullSecretRequest, type OfferPullSecretResult } from '../../protocol/pullSecrets.ts';
import { defineHandler } from '../handler.ts';

export const offerPullSecretHandler = defineHandler(
  offerPullSecretRequest,
  ({ workspace: { snapshot }, secretFiles }, { uri, ...given }): OfferPullSecretResult => {
    const key = normalizeUri(uri);
    const views = snapshot.viewsByChoice(key);
    const offer = offerPullSecret(views, given);
    const [view] = views;
    const added = view && addPullSecret(snapshot, view, { secret: offer, uri: key, isHanded: true });
    const own = added === undefined || added.kind === 'refused' ? [] : ownSecretNamespaces(added.view);
    return {
      ...offer,
      own: own.filter(({ name }) => name !== offer.namespace),
      values: valuesOf(added),
      ...(secretFiles !== undefined && { dockerConfig: secretFiles.dockerConfig }),
    };
  },
);

function valuesOf(added: ReturnType<typeof addPullSecret> | undefined): OfferPullSecretResult['values'] {
  if (added === undefined) return { kind: 'refused', reason: 'The file is not a deployKF values file' };
  return added.kind === 'refused' ? added : { kind: added.kind };
}
