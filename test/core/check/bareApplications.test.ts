import assert from 'node:assert/strict';
import { checkFile } from '../../../server/src/core/check/check.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { dedent } from '../../support/fixture.ts';
import { catalogs } from '../../support/views.ts';

const uri = 'file:///ws/app.yaml';
const application = dedent(`
  kind: Application
  spec:
    source:
      plugin:
        name: deploykf
        parameters:
          - { name: source_version, string: "0.1.5" }
  `);

/** The lines that findings are at. */
function lines(snapshot: Snapshot): ReadonlySet<number> {
  const { source } = snapshot.file(uri) ?? new ValuesFile(uri, '');
  return new Set(checkFile(snapshot, uri).map(({ span }) => source.positionAt(span.start).line));
}

describe('the findings of an Application without values of its own', () => {
  it('move with it', () => {
    const state = { catalogs, folders: [], files: new Map([[uri, new ValuesFile(uri, application)]]) };
    const before = Snapshot.of(state);
    assert.deepEqual(lines(before), new Set([4]));
    const after = before.withFile(uri, new ValuesFile(uri, `# moved\n${application}`));
    assert.deepEqual(lines(after), new Set([5]));
  });
});
