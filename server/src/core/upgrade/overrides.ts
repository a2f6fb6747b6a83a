import type { StackView } from '../analysis/stackView.ts';
import { isConfidential } from '../redaction/redact.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { withoutLogins } from '../text/logins.ts';
import { shortened } from '../text/shorten.ts';
import type { FoundOverride } from './foundOverride.ts';
import { movedDefaults } from './movedDefaults.ts';
import { movedRepositories } from './movedRepositories.ts';
import { newFindings } from './newFindings.ts';
import { pinnedTags } from './pinnedTags.ts';
import { removedKeys } from './removedKeys.ts';
import type { OverrideChange, UpgradeViews } from './types.ts';

export interface OverrideOptions {
  /** Also what is below components that are off. */
  readonly all: boolean;
}

/** A message may quote what the user wrote, which may be of any length. */
const longestMessage = 1000;

/** The overrides of a stack that another release ignores or breaks, each once, in the order of the layers and of their texts. */
export function overrideChanges(views: UpgradeViews, { all }: OverrideOptions): readonly OverrideChange[] {
  const { after } = views;
  const files = filesOf(after);
  const isOff = (path: string): boolean => {
    const component = after.catalog.componentOf(path);
    return !all && component !== undefined && !after.isEnabled(component);
  };
  const found = [
    ...removedKeys(views),
    ...newFindings(views),
    ...[...movedRepositories(views), ...pinnedTags(views), ...movedDefaults(views)].filter(
      ({ path }) => !isOff(path),
    ),
  ];
  return withoutRepeats(found)
    .flatMap(change => {
      const place = files.findIndex(({ uri }) => uri === change.uri);
      const file = files[place];
      return file === undefined
        ? []
        : [{ place, start: change.span.start, change: located(views, file, change) }];
    })
    .toSorted((left, right) => left.place - right.place || left.start - right.start)
    .map(({ change }) => change);
}

function filesOf({ stack }: StackView): readonly ValuesFile[] {
  return [...new Set(stack.layers.flatMap(({ file }) => file ?? []))];
}

/** Of one value only what is found first; of a list not its items, too. */
function withoutRepeats(found: readonly FoundOverride[]): readonly FoundOverride[] {
  const keyOf = ({ uri, path }: FoundOverride): string => `${uri} ${path}`;
  const lists = new Set(found.filter(({ what }) => what === 'default-moved').map(keyOf));
  const seen = new Set<string>();
  return found.filter(change => {
    const key = keyOf(change);
    const list = key.replace(/\[\d+\]$/, '');
    if (seen.has(key) || (list !== key && lists.has(list))) return false;
    if (change.path !== '') seen.add(key);
    return true;
  });
}

function located(views: UpgradeViews, file: ValuesFile, found: FoundOverride): OverrideChange {
  const { uri, start, end } = file.locate(found.span);
  const { path, message } =
    isQuoting(found) && isConfidential(file, found.span) ? discreet(views, found) : found;
  const range = { start, end };
  return { path, uri, range, what: found.what, message: shortened(withoutLogins(message), longestMessage) };
}

/** What rules say may quote the text; the rest is made of what the releases themselves have. */
function isQuoting({ what }: FoundOverride): boolean {
  return what === 'shape' || what === 'ignored';
}

/** Of what may be a credential nothing is quoted. */
function discreet(
  { before, after }: UpgradeViews,
  { path }: FoundOverride,
): Pick<OverrideChange, 'path' | 'message'> {
  const isPublic = [before, after].some(({ catalog }) => catalog.defaultAt(path) !== undefined);
  const name = isPublic ? `"${path}"` : 'This value';
  return { path: isPublic ? path : '', message: `${name} does not suit ${after.stack.release} as it is` };
}
