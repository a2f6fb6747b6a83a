import { lacksOverride } from '../rules/image/rewriteChanges.ts';
import type { StackView } from '../analysis/stackView.ts';
import { parsesWhole } from '../findings/location.ts';
import { leftLines, leftOptions } from '../report/leftText.ts';
import { isSealed } from '../stack/sealed.ts';
import { hostUri } from '../stack/valuesFile.ts';
import { sayList } from '../text/list.ts';
import { missingLayers } from '../workspace/missingLayers.ts';
import type { Snapshot } from '../workspace/snapshot.ts';

/** Why a rewrite of these files changes nothing, for a world that has the registry policy: a sentence without a full stop. */
export function nothingToRewrite(snapshot: Snapshot, uris: readonly string[]): string {
  const reasons = uris
    .flatMap(uri => snapshot.plansOf(uri))
    .flatMap(plan => {
      const view = snapshot.view(plan);
      if (view === undefined) return [`the release ${plan.release ?? ''} is not known`];
      const missing = missingLayers(snapshot, plan);
      return reasonOf(view, missing, uris) ?? [];
    });
  if (reasons.length > 0) return `Nothing to rewrite: ${[...new Set(reasons)].join('; ')}`;
  const views = uris.flatMap(uri => snapshot.viewsOf(uri));
  const left = leftLines(views, leftOptions(snapshot, new Set(uris)));
  if (left.length > 0) return `Nothing to rewrite. ${left.join('. ')}`;
  return 'Nothing to rewrite: every image that the policy maps comes from the private registry';
}

/** `undefined`: the overrides that this stack lacks could be added. */
function reasonOf(view: StackView, missing: readonly string[], uris: readonly string[]): string | undefined {
  if (!view.images.some(lacksOverride)) return undefined;
  if (missing.length > 0) return `${sayList(missing)} may override the images, and is not here`;
  if (view.stack.missing !== undefined) return 'not all layers of the stack are known';
  if (!parsesWhole(view))
    return 'a file of the stack does not parse, so that it is not known what it overrides';
  const { ownLayer } = view;
  const own = ownLayer?.file && hostUri(ownLayer.file.uri);
  if (ownLayer?.file === undefined || own === undefined) return undefined;
  if (isSealed(ownLayer.file)) return `${ownLayer.label} is encrypted, so that nothing is written to it`;
  if (uris.includes(own)) return undefined;
  return `the overrides of stack ${view.stack.name} go to ${ownLayer.label}, its last layer: choose that file, too`;
}
