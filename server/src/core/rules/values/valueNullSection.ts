import type { StackView } from '../../analysis/stackView.ts';
import type { KeyContent, WrittenKey } from '../../analysis/writtenKeys.ts';
import { isRecord } from '../../yaml/value.ts';
import { replaceValue } from '../../yaml/write.ts';
import { isBroken } from '../../findings/location.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';
import { holdsEverywhere } from '../image/everywhere.ts';
import { effectOf } from './needed.ts';

/** A section that is null: deployKF then has none of its defaults. */
export const valueNullSection: StackRule = {
  subject: 'stack',
  code: 'value-null-section',
  severity: 'error',
  doc: {
    summary: 'A section without content, which removes all its defaults',
    why: [
      'A key without a value is null, and null wins over the defaults: the whole section is gone and',
      'generation fails where a template reads from it. This happens when every line below a key is',
      'commented out. `{}` keeps the defaults. A null is harmless where a later layer replaces it with a',
      'section.',
    ].join('\n'),
    bad: 'deploykf_core:\n  deploykf_auth:\n    images:\n      # dex: {}\n',
    good: 'deploykf_core:\n  deploykf_auth:\n    images: {}\n',
    fix: 'Writes `{}`.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  // Where a file does not parse, the content may only be hidden by the mistake.
  const { documentedNulls } = view.catalog.catalog;
  return view
    .writtenWhere(isNullSection)
    .filter(key => !isBroken(key.layer) && isLost(view, key) && !documentedNulls.includes(key.printed))
    .map(key => report(view, key));
}

function isNullSection({ pair: { value }, expected, isOpen }: KeyContent): boolean {
  return !isOpen && isRecord(expected) && value.kind === 'scalar' && value.type === 'null';
}

function isLost({ effective }: StackView, { pair: { value }, path }: WrittenKey): boolean {
  return effective.at(path)?.winner.written === value;
}

function report(view: StackView, key: WrittenKey): Report {
  const { severity, text } = effectOf(view, key.printed, 'map');
  return {
    message: `"${key.printed}" is null, which removes all its defaults${text}; write {} or remove the key`,
    severity,
    uri: key.uri,
    span: key.pair.key.span,
    path: key.printed,
    fixes: key.anchored === 'shared' || !isSectionEverywhere(view, key) ? [] : [keepDefaults(key)],
  };
}

/** Whether the null is that of sections wherever an alias shows it. */
function isSectionEverywhere(view: StackView, { layer, pair: { value: node } }: WrittenKey): boolean {
  return holdsEverywhere(view, { layer, node }, path => isRecord(view.catalog.defaultAt(path)));
}

function keepDefaults({ layer, pair, uri }: WrittenKey): Fix {
  return {
    title: 'Write {} to keep the defaults',
    applies: 'all',
    changes: () => {
      const edit = layer.file && replaceValue(pair, {}, layer.file.source);
      if (edit === undefined) return [];
      return [{ kind: 'edit', uri, edits: [edit] }];
    },
  };
}
