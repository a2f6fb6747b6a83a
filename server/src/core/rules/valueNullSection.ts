import { typeOf } from '../catalog/catalogIndex.ts';
import type { StackView } from '../policy/view.ts';
import { replaceValue } from '../yaml/write.ts';
import type { Fix, Report, StackRule } from './types.ts';
import { visitKeys, type WrittenKey } from './written.ts';

/** A section that is null: deployKF then has none of its defaults. */
export const valueNullSection: StackRule = {
  scope: 'stack',
  code: 'value-null-section',
  severity: 'error',
  doc: {
    summary: 'A section without content, which takes all its defaults away',
    why: [
      'A key with nothing behind it is null, and null wins over the defaults: the whole section is gone and generation fails',
      'where a template reads from it. This happens when every line below a key is commented out. `{}` keeps the defaults. A null',
      'that a later layer replaces by a section is harmless.',
    ].join('\n'),
    bad: 'deploykf_core:\n  deploykf_auth:\n    images:\n      # dex: {}\n',
    good: 'deploykf_core:\n  deploykf_auth:\n    images: {}\n',
    fix: 'Writes `{}`.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const reports: Report[] = [];
  visitKeys(view, key => {
    const { value } = key.pair;
    const expected = view.catalog.defaultAt(key.path);
    if (expected === undefined || typeOf(expected) !== 'map') return 'stop';
    const isNull = value.kind === 'scalar' && value.type === 'null';
    const isLast = view.effective.at(key.path)?.winner.written === value;
    if (isNull && isLast && !view.catalog.isFreeForm(key.path)) reports.push(report(key));
    return 'below';
  });
  return reports;
}

function report(key: WrittenKey): Report {
  return {
    message: `"${key.printed}" is null, which takes away all its defaults: write {} or remove the key`,
    uri: key.uri,
    span: key.pair.key.span,
    path: key.printed,
    fixes: [keepDefaults(key)],
  };
}

function keepDefaults({ layer, pair, uri }: WrittenKey): Fix {
  return {
    title: 'Write {} to keep the defaults',
    applies: 'all',
    changes: () => {
      const edit = layer.file && replaceValue(pair, {}, layer.file.source);
      return edit === undefined ? [] : [{ kind: 'edit', uri, edits: [edit] }];
    },
  };
}
