import assert from 'node:assert/strict';
import { manualPage } from '../../server/tools/docs/manualPage.ts';
import { readText } from '../support/sources.ts';

describe('the manual page', () => {
  it('is current (npm run generate)', () => {
    assert.equal(readText('docs/man/deploykf-values.1'), manualPage());
  });

  it('is in ASCII, for every terminal', () => {
    assert.match(manualPage(), /^[\n -~]+$/);
  });
});
