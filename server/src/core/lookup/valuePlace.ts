import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { effectiveLocation, type ReportLocation } from '../findings/location.ts';
import { repositoryValue } from '../rules/image/rewriteChanges.ts';

/** Where a layer sets an image; `undefined`: it is the release's. */
export function writtenPlace(entry: ImageEntry | undefined): ReportLocation | undefined {
  if (entry === undefined) return undefined;
  return effectiveLocation(repositoryValue(entry)) ?? effectiveLocation(entry.keys.tag);
}

/** Where a value at a path would go, "" for any; `undefined`: the stack has no file. */
export function missingPlace(view: StackView, path: string): ReportLocation | undefined {
  const nearest = path === '' ? undefined : view.nearestKey(path);
  if (nearest !== undefined) return { uri: nearest.uri, span: nearest.span };
  const file = view.ownLayer?.file;
  return file && { uri: file.uri, span: { start: 0, end: 0 } };
}
