import assert from 'node:assert/strict';
import { ask, labels, listed, taken, takenHalf } from '../../support/completing.ts';

const generator = (lines: string): string => `deploykf_core:\n  deploykf_profiles_generator:\n${lines}`;

describe('completion of sections', () => {
  it('goes on to the next line, indented, and says that more can be chosen', () => {
    const text = 'kubeflow_tools:\n  ka$0\n';
    assert.equal(taken(text, 'katib'), 'kubeflow_tools:\n  katib:\n    \n');
    const [katib] = ask(text).items;
    assert.deepEqual([katib?.label, katib?.edit.newText, katib?.leadsOn], ['katib', 'katib:\n    $0', true]);
  });

  it('goes on with the dash of a list', () =>
    assert.equal(taken(generator('    $0\n'), 'users'), generator('    users:\n      - \n')));

  it('says that more can be chosen where it is known what', () => {
    const leading = ask('kubeflow_tools:\n  katib:\n    $0\n').items.filter(({ leadsOn }) => leadsOn);
    assert.deepEqual(
      leading.map(({ label }) => label),
      ['enabled', 'images', 'mysql'],
    );
  });

  it('indents as the file does', () =>
    assert.equal(
      taken('deploykf_core:\n    deploykf_auth: {}\nkubeflow_tools:\n    $0\n', 'katib'),
      'deploykf_core:\n    deploykf_auth: {}\nkubeflow_tools:\n    katib:\n        \n',
    ));

  it('stays on its line where it has a colon, or something after it', () => {
    assert.equal(taken('kubeflow_tools:\n  kat$0:\n', 'katib'), 'kubeflow_tools:\n  katib:\n');
    assert.equal(taken('kubeflow_tools:\n  kat$0 # why\n', 'katib'), 'kubeflow_tools:\n  katib: # why\n');
  });

  it('keeps CRLF and the indentation of an Application', () => {
    assert.equal(taken('kubeflow_tools:\r\n  $0\r\n', 'katib'), 'kubeflow_tools:\r\n  katib:\r\n    \r\n');
    const application = (values: string): string =>
      [
        'kind: Application',
        'spec:',
        '  source:',
        '    plugin:',
        '      name: deploykf',
        '      parameters:',
        '        - name: values',
        `          string: ${values}`,
        '',
      ].join('\n');
    const inBlock = application('|\n            kubeflow_tools:\n              kat$0');
    assert.equal(taken(inBlock, 'katib'), inBlock.replace('kat$0', 'katib:\n                '));
    const inQuotes = application(String.raw`"kubeflow_tools:\n  kat$0\n"`);
    assert.equal(taken(inQuotes, 'katib'), inQuotes.replace('kat$0', 'katib:'));
  });

  it('works where the text around does not parse', () =>
    assert.equal(
      takenHalf(ask('a: [\nkubeflow_tools:\n  ka$0\nb: "\n'), 'katib'),
      'a: [\nkubeflow_tools:\n  katib:\n    \nb: "\n',
    ));
});

describe('completion of the items of lists', () => {
  it('offers a whole item, and its keys one by one', () => {
    assert.deepEqual(listed(ask(generator('    users:\n      - $0\n'))), [
      'id, email: new item',
      'id: ',
      'email: ',
    ]);
    assert.equal(
      taken(generator('    profiles:\n      $0\n'), 'name, members'),
      generator(
        [
          '    profiles:',
          '      - name: ',
          '        members:',
          '          - group: ',
          '            access:',
          '              role: view',
          '              notebooksAccess: true',
          '',
        ].join('\n'),
      ),
    );
  });

  it('offers the keys that the templates read where there is no example', () =>
    assert.deepEqual(
      labels(
        'deploykf_core:\n  deploykf_dashboard:\n    navigation:\n      externalLinks:\n        - text: a\n          $0\n',
      ),
      ['icon', 'url'],
    ));

  it('offers every key of a profile that the generator reads', () => {
    const profile = (lines: string): string => generator(`    profiles:\n      - name: a\n${lines}`);
    assert.deepEqual(labels(profile('        $0\n')), [
      'members',
      'ownerEmail',
      'plugins',
      'resourceQuotaSpec',
      'tools',
    ]);
    assert.deepEqual(
      labels(
        profile(
          '        tools:\n          kubeflowPipelines:\n            objectStoreAuth:\n              $0\n',
        ),
      ),
      [
        'existingSecret',
        'existingSecretNamespace',
        'existingSecretAccessKeyKey',
        'existingSecretSecretKeyKey',
      ],
    );
    assert.deepEqual(taken(profile('        $0\n'), 'ownerEmail'), profile('        ownerEmail: \n'));
  });

  it('offers a whole member by its group or its user', () => {
    const members = '    profiles:\n      - name: a\n        members:\n          - $0\n';
    assert.deepEqual(labels(generator(members)).slice(0, 2), ['group, access', 'user, access']);
  });

  it('offers the keys that an item has not, also where only a rule names them', () =>
    assert.deepEqual(
      labels(
        generator('    profiles:\n      - name: a\n        members:\n          - group: a\n            $0\n'),
      ),
      ['access', 'user'],
    ));

  it('offers users, groups and roles', () => {
    const groups = '    groups: [{ id: g-1, users: [] }]\n';
    const users = '    users: [{ id: u-1, email: a@b.c }, { id: "007", email: b@b.c }]\n';
    const member = '    profiles:\n      - members:\n          - ';
    assert.deepEqual(listed(ask(generator(`${groups}${member}group: $0\n`))), ['g-1: in 0.yaml']);
    assert.deepEqual(listed(ask(generator(`${member}user: $0\n`))), ['user-1: default', 'user-2: default']);
    assert.deepEqual(labels(generator('    groups:\n      - users: [user-1, $0]\n')), ['user-2']);
    const inGroup = '    groups:\n      - id: a\n        users:\n          - ';
    assert.equal(taken(generator(`${users}${inGroup}$0\n`), '007'), generator(`${users}${inGroup}"007"\n`));
    assert.deepEqual(labels(generator(`${member}access: { role: $0 }\n`)), ['view', 'edit']);
    assert.deepEqual(labels(generator(`${member}access:\n              notebooksAccess: $0\n`)), [
      'true',
      'false',
    ]);
  });

  it('offers entries of the pull-secret policy', () => {
    const block = (lines: string): string =>
      `deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        registryCredentials:\n${lines}`;
    assert.equal(
      taken(block('          $0\n'), 'existingSecret, existingSecretNamespace'),
      block('          - existingSecret: \n            existingSecretNamespace: \n'),
    );
  });
});
