import assert from 'node:assert/strict';
import { leftLines } from '../../../server/src/core/report/leftText.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { StackView } from '../../../server/src/core/analysis/stackView.ts';
import { viewOf } from '../../support/views.ts';

const { policy } = parsePolicy({ rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] });
const options = { isWritable: () => false, isOff: () => false };
const view = viewOf(['deploykf_core: {deploykf_auth: {images: {dex: {repository: x/dex}}}}\n'], {
  ...(policy && { policy }),
});

describe('what is left of a stack', () => {
  it('tells files that are only read from what can be rewritten', () => {
    const [line = ''] = leftLines([view], options);
    assert.match(line, / 1 in files that are only read, \d+ to rewrite$/);
  });

  it('does not count on what lines that are filled in may override', () => {
    const text = 'deploykf_core:\n  deploykf_auth:\n    images:\n      {{- toYaml .x | nindent 6 }}\n';
    const [line = ''] = leftLines([viewOf([text], { ...(policy && { policy }) })], options);
    assert.match(
      line,
      /: (\d+) images still [\w ]+: \1 unless lines with templates or errors override them$/,
    );
  });

  it('counts an image as private whose repository holds its digest', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const broken = viewOf(
      [`deploykf_core: {deploykf_auth: {images: {dex: {repository: r.example.com/x/dex@${digest}}}}}\n`],
      { ...(policy && { policy }) },
    );
    assert.equal(broken.images.find(({ path }) => path.endsWith('.dex'))?.state, 'private');
    assert.doesNotMatch(leftLines([broken], options)[0] ?? '', /cannot map/);
  });

  it('says the same once, and names few stacks', () => {
    const named = Array.from(
      { length: 7 },
      (_, index) =>
        new StackView(
          { ...view.stack, name: `s${index}` },
          { catalog: view.catalog, policy: view.policy, retired: view.retired },
        ),
    );
    assert.equal(leftLines([view, view], options).length, 1);
    const lines = leftLines(named, options);
    assert.equal(lines.length, 6);
    assert.equal(lines.at(-1), '2 other stacks do not come from the private registry alone, either');
  });
});
