import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { readGenerator } from '../../server/src/host/generator.node.ts';

const defaults = 'deploykf_core:\n  deploykf_auth: {}\n';
const kustomization = 'templates/manifests/kubeflow-tools/katib/upstream/kustomization.yaml';

describe('a generator', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploykf-values-generator-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  /** Its files, or what is wrong with it. */
  async function read(path: string): Promise<readonly string[] | string> {
    const { files, problem } = await readGenerator(join(folder, path), [folder]);
    return files === undefined
      ? problem
      : [...files].map(([name, text]) => `${name}: ${text.length}`).toSorted();
  }

  async function readZip(
    files: Zippable,
    change = (bytes: Uint8Array): Uint8Array => bytes,
  ): ReturnType<typeof read> {
    write('x.zip', change(zipSync(files)));
    return read('x.zip');
  }

  it('is a folder: only what tells anything is read, links to folders are not entered', async () => {
    write('generator/default_values.yaml', `\uFEFF${defaults}`);
    write(`generator/${kustomization}`, 'images: []\n');
    write('generator/templates/manifests/a/upstream/readme.md', '');
    write('generator/helpers/upstream/x.yaml', '');
    symlinkSync('..', join(folder, 'generator/templates/manifests/up'));
    const wanted = [`default_values.yaml: ${defaults.length}`, `${kustomization}: 11`];
    assert.deepEqual(await read('.'), wanted);
    assert.deepEqual(await read('generator'), wanted);
  });

  it('is an archive, packed or stored, with names of either slash', async () => {
    const files = { 'default_values.yaml': strToU8(defaults), [kustomization]: strToU8('images: []\n') };
    const wanted = [`default_values.yaml: ${defaults.length}`, `${kustomization}: 11`];
    assert.deepEqual(await readZip(files), wanted);
    assert.deepEqual(await readZip({ repo: { generator: files } }), wanted);
    assert.deepEqual(
      await readZip({ ...files, 'default_values.yaml': [strToU8(defaults), { level: 0 }] }),
      wanted,
    );
    const back = { [kustomization.replaceAll('/', '\\')]: strToU8('images: []\n') };
    assert.deepEqual(await readZip({ 'default_values.yaml': strToU8(defaults), ...back }), wanted);
  });

  it('says what is wrong with a folder', async () => {
    assert.equal(await read('gone'), 'does not exist');
    write('empty/readme.md', '');
    assert.equal(await read('empty'), 'does not contain a default_values.yaml');
    mkdirSync(join(folder, 'folder/default_values.yaml'), { recursive: true });
    assert.equal(await read('folder'), 'does not contain a default_values.yaml');
    write('broken/default_values.yaml', 'deploykf_core: [\n');
    assert.match(String(await read('broken')), /^has a default_values\.yaml that is not YAML \(line \d: /);
    for (const text of ['', '- a\n', '1\n', 'a: 1\n', '\0\0']) {
      write('other/default_values.yaml', text);
      const problem = await read('other');
      assert.match(
        String(problem),
        /^has a default_values\.yaml (?:without deployKF values|that is not YAML)/,
        text,
      );
    }
    write('large/default_values.yaml', defaults);
    truncateSync(join(folder, 'large/default_values.yaml'), 65 * 2 ** 20);
    assert.equal(await read('large'), 'contains more than 64 MiB, more than any generator');
  });

  it('waits for no pipe', async function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(join(folder, 'generator'));
    execFileSync('mkfifo', [join(folder, 'pipe'), join(folder, 'generator/default_values.yaml')]);
    assert.equal(await read('pipe'), 'is not a regular file and not read');
    assert.equal(
      await read('generator'),
      'has a default_values.yaml that is not a regular file and not read',
    );
  });

  it('says that it may not be read', async function () {
    if (process.getuid?.() === 0) this.skip();
    write('x.zip', zipSync({ 'default_values.yaml': strToU8(defaults) }));
    chmodSync(join(folder, 'x.zip'), 0);
    assert.equal(await read('x.zip'), 'cannot be read: permission denied');
  });

  it('says what is wrong with an archive', async () => {
    const files = { 'default_values.yaml': strToU8(defaults.repeat(1)) };
    const bad = 'is not a readable .zip: ';
    const none = 'is not a .zip, or only the beginning of one';
    assert.equal(await readZip({ 'a/b.yaml': strToU8('') }), 'does not contain a default_values.yaml');
    assert.equal(await readZip(files, () => strToU8('PK')), none);
    assert.equal(await readZip(files, () => new Uint8Array()), none);
    assert.equal(await readZip(files, bytes => bytes.slice(0, -30)), none);
    assert.equal(await readZip(files, bytes => bytes.slice(60)), `${bad}unexpected EOF`);
    assert.equal(await readZip(files, bytes => bytes.fill(0x7f, -6, -3)), `${bad}unexpected EOF`);
    assert.equal(
      await readZip(files, bytes => bytes.fill(0xff, 49, 60)),
      `${bad}"default_values.yaml" is damaged`,
    );
    write('large.zip', '');
    truncateSync(join(folder, 'large.zip'), 65 * 2 ** 20);
    assert.equal(await read('large.zip'), 'is larger than 64 MiB, more than any generator');
  });

  it('is not unpacked when it says that it is too large, nor beyond what it says', async () => {
    // The uncompressed size stands in the directory of the archive, 24 bytes behind its signature.
    const claim =
      (size: number) =>
      (bytes: Uint8Array): Uint8Array => {
        const view = new DataView(bytes.buffer);
        const end = bytes.length - 22;
        view.setUint32(view.getUint32(end + 16, true) + 24, size, true);
        return bytes;
      };
    const zeros = new Uint8Array(4 * 2 ** 20);
    const large = 'unpacks to more than 64 MiB, more than any generator';
    assert.equal(await readZip({ 'default_values.yaml': zeros }, claim(65 * 2 ** 20)), large);
    const lie = claim(100);
    const damaged = 'is not a readable .zip: "default_values.yaml" is damaged';
    assert.equal(await readZip({ 'default_values.yaml': zeros }, lie), damaged);
    const text = strToU8(`${defaults}# ${'x'.repeat(1000)}\n`);
    assert.equal(await readZip({ 'default_values.yaml': text }, lie), damaged);
    const mismatch =
      'is not a readable .zip: compressed/uncompressed size mismatch for stored file: 1038 != 100';
    assert.equal(await readZip({ 'default_values.yaml': [text, { level: 0 }] }, lie), mismatch);
    assert.equal(await readZip({ 'default_values.yaml': strToU8('a') }, lie), damaged);
  });

  it('leads nowhere by the names in an archive', async () => {
    write('default_values.yaml', defaults);
    write('secret.yaml', 'a: 1\n');
    const outside = { '../secret.yaml': strToU8('b'), '/etc/passwd': strToU8('c') };
    const problem = 'is not a readable .zip: invalid relative path: ../secret.yaml';
    assert.equal(await readZip({ ...outside, 'default_values.yaml': strToU8(defaults) }), problem);
  });
});
