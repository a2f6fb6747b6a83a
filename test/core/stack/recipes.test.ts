import assert from 'node:assert/strict';
import { findCommands } from '../../../server/src/core/stack/command.ts';
import { shellOf } from '../../../server/src/core/stack/commandWords.ts';

describe('recipes of Makefiles', () => {
  const makefile = shellOf('file:///ws/Makefile');
  const told = (text: string): unknown =>
    findCommands(text, makefile).map(({ release, openRelease, values, openValues = [] }) => [
      release ?? openRelease?.reason,
      ...values.map(value => value.text),
      ...openValues.map(open => `? ${open}`),
    ]);
  const run = 'deploykf generate --source-version $$V -f a.yaml -O out\n';

  it('have variables of their shell after two dollars', () => {
    for (const line of [
      'V=0.1.3; deploykf generate --source-version $$V --values a.yaml',
      'V=0.1.3 && \\\n\tF=a.yaml && \\\n\tdeploykf generate -V "$${V}" -f "$${F}"',
      'set -e; V="0.1.3"; deploykf generate -V="$${V#v}" -f $${F:-a.yaml}',
      'deploykf generate -V $${V:-0.1.3} -f a.yaml',
    ])
      assert.deepEqual(told(`all:\n\t${line}\n`), [['0.1.3', 'a.yaml']], line);
    assert.deepEqual(told(`export V := 0.1.2\nall:\n\t${run}`), [['0.1.2', 'a.yaml']]);
    assert.deepEqual(told('all:\n\tdeploykf generate -V 0.1.2 -f $$(pwd)/a.yaml\n'), [['0.1.2', './a.yaml']]);
    assert.deepEqual(
      told(
        'all:\n\tfor e in a b; do \\\n\t  deploykf generate -V $(V) -f $$e.yaml; \\\n\tdone\nV ?= 0.1.2\n',
      ),
      [
        ['0.1.2', 'a.yaml'],
        ['0.1.2', 'b.yaml'],
      ],
    );
  });

  it('say which of these is not known', () => {
    assert.deepEqual(told(`all:\n\t${run}`), [['is not known: V is never assigned there', 'a.yaml']]);
    assert.deepEqual(told('all:\n\tdeploykf generate -V $$1 -f a.yaml\n'), [
      ['is not known: it is an argument of the script', 'a.yaml'],
    ]);
    assert.deepEqual(told(`all:\n\tV=$$(cat VERSION); ${run}`), [
      ['is not known: V is assigned what only a run tells', 'a.yaml'],
    ]);
  });

  it('assign for their own line, and for those that it goes on in', () => {
    assert.deepEqual(told(`V := 0.1.2\na:\n\tV=0.1.3; ${run}b:\n\tV=0.1.4; \\\n\t${run}c:\n\t${run}`), [
      ['0.1.3', 'a.yaml'],
      ['0.1.4', 'a.yaml'],
      ['0.1.2', 'a.yaml'],
    ]);
    assert.deepEqual(told(`.ONESHELL:\na:\n\tV=0.1.3\n\t${run}`), [['0.1.3', 'a.yaml']]);
  });

  it('have places where they are written', () => {
    const text =
      'all:\n\tcd $$D; echo $$$$; deploykf generate -V $$V -f a.yaml,b.yaml -f "$$D"/c.yaml -f d.yaml\n';
    const [command] = findCommands(text, makefile);
    assert.equal(text.slice(command?.offset).indexOf('generate'), 0);
    assert.deepEqual(
      command?.values.map(({ span }) => text.slice(span.start, span.end)),
      ['a.yaml', 'b.yaml', 'd.yaml'],
    );
  });
});
