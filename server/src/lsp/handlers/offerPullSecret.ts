import { offerPullSecret } from '../../core/features/offerPullSecret.ts';
import { normalizeUri } from '../../core/stack/uri.ts';
import { offerPullSecretRequest } from '../../protocol.ts';
import { defineHandler } from '../handler.ts';

export const offerPullSecretHandler = defineHandler(
  offerPullSecretRequest,
  ({ workspace, secretFiles }, { uri, ...given }) => ({
    ...offerPullSecret(workspace.snapshot.viewsByChoice(normalizeUri(uri)), given),
    ...(secretFiles !== undefined && { dockerConfig: secretFiles.dockerConfig }),
  }),
);
