import assert from 'node:assert/strict';
import { checkFile } from '../../../../server/src/core/check/check.ts';
import { rules } from '../../../../server/src/core/rules/index.ts';
import { readProject } from '../../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../../server/src/core/stack/valuesFile.ts';
import { catalogs } from '../../../support/views.ts';

function found(text: string): readonly string[] {
  const names = { releases: catalogs.releases, codes: rules.map(({ code }) => code) };
  const project = readProject(new ValuesFile('file:///ws/.deploykf-values.yaml', text), names);
  const folders = [{ uri: 'file:///ws/', settings: project.settings, project }];
  const snapshot = Snapshot.of({ catalogs, folders, files: new Map() });
  return checkFile(snapshot, project.file.uri).map(
    ({ code, message, span }) => `${text.slice(span.start, span.end)} > ${code}: ${message}`,
  );
}

describe('project-file-invalid', () => {
  it('stands at what cannot be used', () =>
    assert.deepEqual(
      found('# ours\r\nrelease: 0.1\r\nstack: []\r\nrules: { image-pubic: off, image-public: no }\r\n'),
      [
        '0.1 > project-file-invalid: "release" must be a release such as "0.1.5", in quotes where YAML would read a number',
        'stack > project-file-invalid: Unknown key "stack", did you mean "stacks"?',
        'image-pubic > project-file-invalid: Unknown rule "image-pubic", did you mean "image-public"?',
        'no > project-file-invalid: "rules.image-public" must be error, warning, info, hint or off',
      ],
    ));

  it('stands at generators that are no paths', () => {
    assert.deepEqual(found('generators: { 0.9.9: [x], acme: "", other: ../fork }\n'), [
      '0.9.9 > project-file-invalid: "generators.0.9.9" must be the path of a folder or .zip',
      '"" > project-file-invalid: "generators.acme" must be the path of a folder or .zip',
    ]);
    assert.deepEqual(found('generators: ../fork\n'), [
      '../fork > project-file-invalid: "generators" must be a map from release to the folder or .zip of its generator',
    ]);
  });

  it('stays silent for a good file, an empty one, and where a comment says so', () => {
    assert.deepEqual(
      found('release: v0.1.5\nregistry: { rules: [{ source: "*", target: r.example.com }] }\n'),
      [],
    );
    assert.deepEqual(found('# nothing yet\n'), []);
    assert.deepEqual(found('# deploykf-values-ignore project-file-invalid of another tool\nstack: []\n'), []);
  });
});
