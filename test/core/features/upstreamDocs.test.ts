import assert from 'node:assert/strict';
import { completion } from '../../../server/src/core/features/completion.ts';
import { definition } from '../../../server/src/core/features/definition.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { dedent } from '../../support/fixture.ts';
import { catalogs } from '../../support/views.ts';

const root = 'file:///ws/';
const defaults = dedent(`
  ## ---------------------
  ##      of its core
  ## ---------------------
  deploykf_core:
    ## -------
    ##  auth
    ## -------

    ## who may come in
    ##  - by [Dex](https://dexidp.io), see \`dex\`
    ##    and more
    ##
    deploykf_auth:
      enabled: true
      # where it lives
      namespace: deploykf-auth
  deploykf_dependencies: {}
  deploykf_opt: {}
  kubeflow_dependencies: {}
  kubeflow_tools: {}
`);

interface World {
  readonly snapshot: Snapshot;
  readonly uri: string;
  readonly offset: number;
}

/** `values.yaml` with the cursor at `$0`, and upstream's file under a name. */
function world(fixture: string, name = 'generator/default_values.yaml', text = defaults): World {
  const uri = `${root}values.yaml`;
  const marked = dedent(fixture);
  const base = new ValuesFile(root + name, text);
  const files = new Map([
    [uri, new ValuesFile(uri, marked.replace('$0', ''))],
    [base.uri, base],
  ]);
  const isBase = name.startsWith('generator/');
  const snapshot = Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: noSettings, project: undefined }],
    files,
    given: [{ id: 'prod', name: 'prod', kind: 'given', release: '0.1.5', uris: [uri], folder: root }],
    ...(isBase && { bases: new Set([base.uri]) }),
  });
  return { snapshot, uri, offset: marked.indexOf('$0') };
}

function hoverAt(...args: Parameters<typeof world>): string | undefined {
  const { snapshot, uri, offset } = world(...args);
  return hover(snapshot, uri, offset)?.markdown.replaceAll('  \n', '\n');
}

describe("what upstream's own file says of values", () => {
  const namespace = 'deploykf_core:\n  deploykf_auth:\n    name$0space: auth\n';

  it('is in the hover, with its place', () =>
    assert.match(
      hoverAt(namespace) ?? '',
      /\n\n---\n\nwhere it lives\n\nFrom \[default\\_values\.yaml:16\]\(file:\/\/\/ws\/generator\/default_values\.yaml#L16\)$/,
    ));

  it('is shown as it stands, without links of its own and headings', () =>
    assert.match(
      hoverAt('deploykf_core:\n  deploykf$0_auth: {}\n') ?? '',
      /---\n\nwho may come in\n\u00a0\\- by \\\[Dex\\\]\\\(https\\:\/\/dexidp\.io\\\), see \\`dex\\`\n\u00a0{3}and more\n\nFrom /,
    ));

  it('is not there for what has only a heading, for items, and without the file', () => {
    assert.doesNotMatch(hoverAt('deploykf$0_core: {}\n') ?? '', /of its core|From/);
    assert.doesNotMatch(hoverAt('deploykf_core:\n  deploykf_auth:\n    enab$0led: true\n') ?? '', /From/);
    assert.doesNotMatch(hoverAt(namespace, 'other.yaml') ?? '', /From/);
  });

  it('is that of a copy of the file alone, where it is whole', () => {
    assert.match(hoverAt(namespace, 'copy/default_values.yaml') ?? '', /where it lives/);
    const part = defaults.replace('kubeflow_tools: {}\n', '');
    assert.doesNotMatch(hoverAt(namespace, 'copy/default_values.yaml', part) ?? '', /where it lives/);
  });

  it('is beside the keys that completion offers', () => {
    const { snapshot, uri, offset } = world('deploykf_core:\n  deploykf_auth:\n    nam$0\n');
    const item = completion(snapshot, { uri, offset }).find(({ label }) => label === 'namespace');
    assert.match(item?.more ?? '', /^where it lives\n\nFrom /);
  });

  it('is where definition leads to', () => {
    const { snapshot, uri, offset } = world(namespace);
    assert.deepEqual(
      definition(snapshot, uri, offset).map(target => [target.uri, target.start.line]),
      [[`${root}generator/default_values.yaml`, 15]],
    );
  });
});
