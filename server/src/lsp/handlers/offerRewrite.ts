import { inferredPolicy } from '../../core/features/adoptRegistry.ts';
import { rewritableFiles } from '../../core/features/rewriteFiles.ts';
import { offerRewriteRequest, type OfferRewriteResult } from '../../protocol/rewrite.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import { rewritePlace } from '../registryRewrite.ts';

export const offerRewriteHandler = defineHandler(
  offerRewriteRequest,
  ({ workspace }, { uri }): OfferRewriteResult => {
    const place = rewritePlace(workspace, uri);
    if (typeof place === 'string') return { problem: place, hasPolicy: false, rules: [], files: [] };
    const { folder, view } = place;
    const hasPolicy = folder.settings.policy !== undefined;
    const rules = hasPolicy ? [] : (inferredPolicy(view)?.rules ?? []);
    const files = rewritableFiles(workspace.snapshot, folder, place.uri);
    return {
      hasPolicy,
      rules: rules.map(({ source, target }) => `${source} → ${target ?? 'accepted as public'}`),
      files: files.map(file => ({ ...file, uri: clientUri(workspace, file.uri) })),
    };
  },
);
