import assert from 'node:assert/strict';
import { hover } from '../../../server/src/core/features/hover.ts';
import { project, snapshot } from '../../support/stacks.ts';

describe('hover in the project file', () => {
  const at = (text: string): string | undefined =>
    hover(snapshot(), project.uri, project.text.indexOf(text))?.markdown.replaceAll('  \n', '\n');

  it('says what a key is for', () => {
    assert.match(at('stacks') ?? '', /^\*\*stacks\*\* · `\.deploykf-values\.yaml`\n\w/);
    assert.match(at('release') ?? '', /^\*\*stacks.*release\*\* · `\.deploykf-values\.yaml`\n\w/);
  });
});
