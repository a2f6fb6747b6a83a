import assert from 'node:assert/strict';
import { findCommands } from '../../../server/src/core/stack/command.ts';
import { dedent } from '../../support/fixture.ts';

/** The release and the values files of each command of a CI file. */
function commandsOf(text: string): readonly string[] {
  return findCommands(dedent(text)).map(({ release, openRelease, values, openValues = [] }) => {
    const files = [...values.map(word => word.text), ...openValues.map(value => `(${value})`)];
    return [release ?? openRelease?.reason ?? '', ...files].join(' ');
  });
}

describe('deploykf generate in a job with a matrix', () => {
  it('counts once for each combination that it uses', () => {
    assert.deepEqual(
      commandsOf(`
        jobs:
          generate:
            strategy:
              matrix:
                env: [prod, "dev"]
                kf-version: [0.1.4, 0.1.5]
                os: [ubuntu-24.04, macos-14]
            steps:
              - run: deploykf generate -V \${{ matrix.kf-version }} -f base.yaml -f envs/\${{matrix.env}}.yaml -O out
              - run: deploykf generate -V 0.1.3 -f base.yaml -O out
      `),
      [
        '0.1.4 base.yaml envs/prod.yaml',
        '0.1.5 base.yaml envs/prod.yaml',
        '0.1.4 base.yaml envs/dev.yaml',
        '0.1.5 base.yaml envs/dev.yaml',
        '0.1.3 base.yaml',
      ],
    );
  });

  it('has the values of each entry that is listed whole, also by its environment', () => {
    assert.deepEqual(
      commandsOf(`
        jobs:
          generate:
            env: { VERSION: "\${{ matrix.version }}" }
            strategy:
              matrix:
                include:
                  - { env: prod, version: 0.1.4 }
                  - { env: dev, version: 0.1.5 }
            steps:
              - run: deploykf generate -V "$VERSION" -f "\${{ matrix.env }}.yaml" -O out
      `),
      ['0.1.4 prod.yaml', '0.1.5 dev.yaml'],
    );
  });

  it('has entries beside the lists as GitHub adds them: to what has their values, else as one more', () => {
    assert.deepEqual(
      commandsOf(`
        jobs:
          generate:
            strategy:
              matrix:
                env: [prod, dev]
                zone: [eu, us]
                include:
                  - version: 0.1.4
                  - { env: dev, version: 0.1.5 }
                  - { env: dev, zone: us, version: 0.1.3, out: x }
                  - { env: test, zone: eu, version: 0.1.2 }
                  - { env: test, version: 0.1.1 }
            steps:
              - run: deploykf generate -V \${{ matrix.version }} -f \${{ matrix.env }}-\${{ matrix.zone }}.yaml -O out
      `),
      [
        '0.1.4 prod-eu.yaml',
        '0.1.4 prod-us.yaml',
        '0.1.5 dev-eu.yaml',
        '0.1.3 dev-us.yaml',
        '0.1.2 test-eu.yaml',
        '0.1.1 (test-${{ matrix.zone }}.yaml)',
      ],
    );
  });

  it('has the variables of a parallel job of GitLab', () => {
    assert.deepEqual(
      commandsOf(`
        generate:
          parallel:
            matrix:
              - ENV: [prod, dev]
                VERSION: 0.1.4
              - ENV: test
                VERSION: 0.1.5
          script:
            - deploykf generate -V "$VERSION" -f "$ENV.yaml" -O out
        other:
          script: deploykf generate -V 0.1.5 -f "$ENV.yaml" -O out
      `),
      ['0.1.4 prod.yaml', '0.1.4 dev.yaml', '0.1.5 test.yaml', '0.1.5 ($ENV.yaml)'],
    );
  });

  it('is not known where combinations are left out, made, or too many', () => {
    const workflow = (matrix: string): readonly string[] =>
      commandsOf(`
        jobs:
          generate:
            strategy: { matrix: ${matrix} }
            steps:
              - run: deploykf generate -V \${{ matrix.v }} -f \${{ matrix.e }}.yaml -O out
      `);
    const open = ['is not known: it is one of several in a matrix (${{ matrix.e }}.yaml)'];
    const digits = '[1, 2, 3, 4, 5, 6, 7, 8, 9]';
    assert.deepEqual(workflow('{ e: [a, b], v: [0.1.5], exclude: [{ e: a }] }'), open);
    assert.deepEqual(workflow('{ e: [a, b], v: [0.1.5], include: [{ e: [c, d] }] }'), open);
    assert.deepEqual(workflow('{ e: [a, b], v: [0.1.5], include: "${{ fromJSON(x) }}" }'), open);
    assert.deepEqual(workflow('"${{ fromJSON(needs.x.outputs.y) }}"'), open);
    assert.deepEqual(workflow(`{ e: ${digits}, v: ${digits} }`), open);
    assert.deepEqual(workflow('{ e: [{ a: b }], v: [0.1.5] }'), open);
  });
});
