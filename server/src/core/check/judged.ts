import type { Rule } from '../rules/rule.ts';
import { ownValue } from '../text/ownValue.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { groupOf } from '../workspace/undefinedStacks.ts';

/**
 * Whether a rule would have reported all that it has to say about a file. Not where it is off, where a part of the stack or
 * the registry policy is not here, or where stacks that are not looked at may have the file.
 */
export function isJudged(snapshot: Snapshot, uri: string, { code, subject, doc }: Rule): boolean {
  const file = snapshot.file(uri);
  const { severities, policy } = snapshot.settingsOf(uri);
  if (file === undefined || ownValue(severities, code) === 'off') return false;
  const texts = [file, ...snapshot.hostedIn(uri)];
  if (texts.some(({ yaml }) => yaml.problems.length > 0)) return false;
  if (subject === 'text') return true;
  if (subject !== 'image' && subject !== 'component' && subject !== 'stack') return false;
  if (doc.registry !== undefined && policy === undefined) return false;
  if (code.startsWith('pull-secrets-') && snapshot.state.secrets === undefined) return false;
  const plans = texts.flatMap(text => snapshot.plansOf(text.uri));
  const isWhole = plans.every(plan => {
    const view = snapshot.view(plan);
    return view !== undefined && view.stack.missing === undefined;
  });
  const isShared = snapshot.state.shared?.has(uri) === true;
  return plans.length > 0 && isWhole && !isShared && groupOf(snapshot, uri) === undefined;
}
