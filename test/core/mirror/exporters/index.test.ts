import assert from 'node:assert/strict';
import { exporters } from '../../../../server/src/core/mirror/exporters/index.ts';
import { exporterNames } from '../../../../server/src/core/mirror/exporterNames.ts';
import { readText } from '../../../support/sources.ts';

describe('the list of exports', () => {
  it('is that of the names', () =>
    assert.deepEqual(
      exporters.map(({ name }) => name),
      exporterNames,
    ));

  it('is the table of the guide, with what each takes', () => {
    const rows = (readText('docs/mirror.md') ?? '')
      .split('\n')
      .map(line => /^\| `([a-z-]+)` *\| (.*?) *\| (yes)? *\|$/.exec(line))
      .filter(match => match !== null)
      .map(([, name, summary, platform]) => ({ name, summary, hasPlatform: platform === 'yes' }));
    assert.deepEqual(
      rows,
      exporters.map(({ name, summary, hasPlatform = false }) => ({ name, summary, hasPlatform })),
    );
  });
});
