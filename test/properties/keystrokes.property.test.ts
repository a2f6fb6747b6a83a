import assert from 'node:assert/strict';
import { checkFile } from '../../server/src/core/check/check.ts';
import { codeActions } from '../../server/src/core/features/codeActions.ts';
import { completion } from '../../server/src/core/features/completion.ts';
import { hover } from '../../server/src/core/features/hover.ts';
import { changesToFileEdits } from '../../server/src/core/fixes/edits.ts';
import { confidentialSpans } from '../../server/src/core/redaction/redact.ts';
import { virtualText } from '../../server/src/core/workspace/virtualDocuments.ts';
import { defaultsUri } from '../../server/src/core/workspace/virtualUris.ts';
import { applyFuzzEdit, type FuzzEdit, type FuzzKind } from '../support/fuzz/cases.ts';
import { editsOf } from '../support/fuzz/edits.ts';
import { Random, sessionSeed } from '../support/fuzz/random.ts';
import { startTexts } from '../support/fuzz/starts.ts';
import { worldOf, type FuzzWorld } from '../support/fuzz/world.ts';

const { byKind, lines } = startTexts();

/** All that is found in a text, with what each fix writes. */
function found({ snapshot, file }: FuzzWorld): unknown {
  return checkFile(snapshot, file.uri).map(({ fixes, ...finding }) => ({
    ...finding,
    fixes: fixes.map(({ title, applies, changes }) => ({
      title,
      applies,
      edits: changesToFileEdits(snapshot, changes()),
    })),
  }));
}

/** What an editor asks for at the cursor. */
function asked({ snapshot, file: { uri } }: FuzzWorld, offset: number): unknown {
  return {
    hover: hover(snapshot, uri, offset),
    completion: completion(snapshot, { uri, offset, isTyping: true }),
    actions: codeActions(snapshot, uri, { start: offset, end: offset }).map(({ id, title }) => [id, title]),
  };
}

/** A world that went through edits says what a new one says. */
class Session {
  readonly #kind: FuzzKind;
  #text: string;
  #world: FuzzWorld;

  constructor(kind: FuzzKind, text: string) {
    this.#kind = kind;
    this.#text = text;
    this.#world = worldOf(kind, text);
    found(this.#world);
  }

  make(edit: FuzzEdit): void {
    this.#text = applyFuzzEdit(this.#text, edit);
    this.#world = worldOf(this.#kind, this.#text, this.#world);
    const fresh = worldOf(this.#kind, this.#text);
    const cursor = Math.min(edit.at + edit.inserted.length, this.#text.length);
    assert.deepEqual(confidentialSpans(this.#world.file), confidentialSpans(fresh.file));
    assert.deepEqual(found(this.#world), found(fresh));
    assert.deepEqual(asked(this.#world, cursor), asked(fresh, cursor));
  }
}

interface Run {
  readonly seed: number;
  readonly edits: number;
  readonly deeds?: (random: Random, text: string) => Iterable<FuzzEdit>;
}

function run(kind: FuzzKind, text: string, { seed, edits, deeds }: Run): void {
  const session = new Session(kind, text);
  const made: FuzzEdit[] = [];
  const random = new Random(seed);
  for (const edit of deeds?.(random, text) ?? editsOf(random, text, lines)) {
    made.push(edit);
    try {
      session.make(edit);
    } catch (error) {
      throw new Error(`${kind}, seed ${seed}, after ${made.length} edits: ${JSON.stringify(made)}`, {
        cause: error,
      });
    }
    if (made.length >= edits) return;
  }
}

/** A long file, in which most parts are parsed by themselves, with what the release does not have. */
function longText(): string {
  const { snapshot } = worldOf('values', '');
  const own = [
    'x-images: &images',
    '  tag: v1',
    'deploykf_opt:',
    '  deploykf_minio:',
    '    rootUser: { username: admin, password: "hunter 22" }',
    '    extraManifests:',
    '      - |',
    '        apiVersion: v1',
    '        kind: Secret',
    '        stringData: { a: b }',
    'aliased: *images',
    '',
  ].join('\n');
  return `${virtualText(snapshot, defaultsUri('0.1.5')) ?? ''}\n${own}`;
}

/** Edits at keys of sections: what is below them stays as it is, at another path or place. Every other one is taken back. */
function* sectionEdits(random: Random, start: string): Generator<FuzzEdit, never> {
  let text = start;
  for (;;) {
    const keys = [...text.matchAll(/^ {0,4}[a-z_]\w*(?=:$)/gim)];
    const { index = 0, 0: key = '' } = random.pick(keys) ?? {};
    const edit = random.pick([
      { at: index + key.length, removed: 0, inserted: 'x' },
      { at: index + key.length - 1, removed: 1, inserted: '' },
      { at: index + key.length + 1, removed: 0, inserted: ' &images' },
      { at: index + key.length + 1, removed: 0, inserted: ' # why' },
      { at: index, removed: 0, inserted: '# ' },
      { at: index, removed: 0, inserted: '  ' },
      { at: index, removed: 0, inserted: 'x-mine: *images\n' },
      { at: index, removed: key.length, inserted: key.replace(/\w+/, 'katib') },
    ]);
    yield edit;
    const removed = text.slice(edit.at, edit.at + edit.removed);
    const back = { at: edit.at, removed: edit.inserted.length, inserted: removed };
    if (random.once(3)) text = applyFuzzEdit(text, edit);
    else yield back;
  }
}

describe('properties: keystrokes', function () {
  this.timeout(120_000);

  for (const kind of ['values', 'stack', 'application'] as const) {
    it(`says after edits of ${kind} what a new world says`, () => {
      const texts = (byKind.get(kind) ?? []).filter(({ length }) => length < 12_000);
      for (let session = 0; session < 5; session++) {
        const seed = sessionSeed(7, session);
        const text = new Random(seed).pick(texts) ?? '';
        run(kind, text, { seed, edits: 20 });
      }
    });
  }

  it('says after edits of a long file what a new world says', () => {
    run('values', longText(), { seed: 3, edits: 20 });
  });

  it('says after edits at the keys of sections what a new world says', () => {
    run('values', longText(), { seed: 11, edits: 60, deeds: sectionEdits });
    run('stack', longText(), { seed: 12, edits: 30, deeds: sectionEdits });
  });
});
