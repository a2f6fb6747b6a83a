import assert from 'node:assert/strict';
import { checkFile } from '../../server/src/core/check/check.ts';
import { noSettings } from '../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { sharedFile } from '../support/shared.ts';
import { catalogs } from '../support/views.ts';

interface OracleCase {
  readonly id: string;
  readonly release: string;
  readonly why: string;
  readonly layers: readonly string[];
  readonly oracle: { readonly generates: boolean; readonly error?: string };
}

const text = sharedFile('vectors/oracle.json');
const cases: readonly OracleCase[] = text === undefined ? [] : JSON.parse(text);
const stops = /generation fails|Helm (?:stops|fails)|deployKF (?:stops|refuses)/;

/** The errors that say that nothing is generated, as the layers of `deploykf generate --values`. */
function stopsOf({ layers, release }: OracleCase): readonly string[] {
  const files = layers.map((layer, index) => new ValuesFile(`file:///ws/${index}.yaml`, layer));
  const uris = files.map(file => file.uri);
  const folder = 'file:///ws/';
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: folder, settings: noSettings, project: undefined }],
    files: new Map(files.map(file => [file.uri, file])),
    given: [{ id: 'oracle', name: '', kind: 'command', release, uris, folder }],
  });
  return files.flatMap((file, index) =>
    checkFile(snapshot, file.uri)
      .filter(({ severity, message }) => severity === 'error' && stops.test(message))
      .map(
        ({ span, code, message }) => `${index}:${file.source.positionAt(span.start).line} ${code} ${message}`,
      ),
  );
}

describe('what stops the real generator', () => {
  for (const item of cases) {
    const { id, why, oracle } = item;
    const fails = !oracle.generates || oracle.error !== undefined;
    it(`${fails ? 'is an error' : 'is none'}: ${id}: ${why}`, () => {
      const found = stopsOf(item);
      assert.equal(found.length > 0, fails, found.join('\n') || 'nothing is said');
    });
  }
});
