import type { StackView } from '../analysis/stackView.ts';
import type { Report } from '../findings/finding.ts';
import { imageOverrideIgnored } from '../rules/image/imageOverrideIgnored.ts';
import { imageReferenceInvalid } from '../rules/image/imageReferenceInvalid.ts';
import { imageTagMissing } from '../rules/image/imageTagMissing.ts';
import type { Rule } from '../rules/rule.ts';
import { valueNullSection } from '../rules/values/valueNullSection.ts';
import { valueRefused } from '../rules/values/valueRefused.ts';
import { valueType } from '../rules/values/valueType.ts';
import type { OverrideProblem, UpgradeViews } from './types.ts';
import type { FoundOverride } from './foundOverride.ts';

/** The rules that know what a release does not take as it is written. */
const rules: readonly { readonly rule: Rule; readonly what: OverrideProblem }[] = [
  { rule: valueType, what: 'shape' },
  { rule: valueNullSection, what: 'shape' },
  { rule: valueRefused, what: 'shape' },
  { rule: imageTagMissing, what: 'shape' },
  { rule: imageReferenceInvalid, what: 'shape' },
  { rule: imageOverrideIgnored, what: 'ignored' },
];

/** What rules say of the values over the new release, and not over the old one. */
export function newFindings({ before, after }: UpgradeViews): readonly FoundOverride[] {
  return rules.flatMap(({ rule, what }) => {
    const known = new Set(reportsOf(rule, before).map(placeOf));
    const found: FoundOverride[] = [];
    for (const report of reportsOf(rule, after)) {
      if (known.has(placeOf(report))) continue;
      const { path = '', uri, span, message } = report;
      found.push({ path, uri, span, what, message });
    }
    return found;
  });
}

function reportsOf(rule: Rule, view: StackView): readonly Report[] {
  if (rule.subject === 'stack') return rule.check(view);
  if (rule.subject === 'image') return view.images.flatMap(image => rule.check(image, view));
  if (rule.subject !== 'component') return [];
  return view.catalog.catalog.components.flatMap(component => rule.check(component, view));
}

function placeOf({ uri, span, path }: Report): string {
  return `${uri} ${span.start} ${path ?? ''}`;
}
