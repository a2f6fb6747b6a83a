import { RequestType } from 'vscode-languageserver';
import { offerPullSecret } from '../../core/features/offerPullSecret.ts';
import { normalizeUri } from '../../core/stack/uri.ts';
import { offerPullSecretRequest, type OfferPullSecretParams, type OfferPullSecretResult } from '../../protocol.ts';
import { defineHandler } from '../handler.ts';

export const offerPullSecretHandler = defineHandler(
  new RequestType<OfferPullSecretParams, OfferPullSecretResult, void>(offerPullSecretRequest),
  ({ world, secretFiles }, { uri, ...given }) => ({
    ...offerPullSecret(world.snapshot.viewsByChoice(normalizeUri(uri)), given),
    ...(secretFiles !== undefined && { dockerConfig: secretFiles.dockerConfig }),
  }),
);
