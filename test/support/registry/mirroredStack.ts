// A stack whose images are in a registry that stands for the public ones, and are to be copied to another.
import assert from 'node:assert/strict';
import { CliWorkspace } from '../cli.ts';
import type { MirrorJson } from '../../../server/src/core/report/mirrorJson.ts';
import { imageForms, pushImage } from './pushImage.ts';
import type { RegistryAnswer, TestRegistry } from './testRegistry.ts';

const accepted = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

export interface StackCopy {
  readonly source: string;
  readonly target: string;
}

export class MirroredStack {
  readonly workspace: CliWorkspace;
  readonly copies: readonly StackCopy[];
  /** What was pushed upstream, by source. */
  readonly digests = new Map<string, string>();

  private constructor(workspace: CliWorkspace, copies: readonly StackCopy[]) {
    this.workspace = workspace;
    this.copies = copies;
  }

  /** The stack of the defaults of a release under a policy of these sources and targets; those with `null` stay public. */
  static async open(targets: Readonly<Record<string, string | null>>): Promise<MirroredStack> {
    const rules = Object.entries(targets).map(([source, target]) => ({ source, target }));
    const project = {
      release: '0.1.5',
      registry: { rules },
      stacks: [{ name: 'prod', values: ['prod.yaml'] }],
    };
    const workspace = new CliWorkspace({
      '.deploykf-values.yaml': JSON.stringify(project),
      'prod.yaml': 'deploykf_core: {}\n',
    });
    const plan = (await workspace.json(['mirror', '--stack', 'prod'])) as MirrorJson;
    const copies = plan.copies.flatMap(({ source, target }) => (target === null ? [] : [{ source, target }]));
    return new MirroredStack(workspace, copies);
  }

  get registries(): readonly string[] {
    return [...new Set(this.copies.map(({ source }) => source.slice(0, source.indexOf('/'))))];
  }

  async export(name: string, ...words: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.workspace.run([
      'mirror',
      '--stack',
      'prod',
      '--export',
      name,
      ...words,
    ]);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  /** Pushes images of all forms under the names of the sources; another seed makes other images. */
  async fill(upstream: TestRegistry, copies: readonly StackCopy[] = this.copies, seed = ''): Promise<void> {
    for (let at = 0; at < copies.length; at += 8) {
      await Promise.all(
        copies.slice(at, at + 8).map(async ({ source }, index) => {
          const [repository, tag] = splitTag(source);
          const { digest } = await pushImage(upstream, repository, tag, {
            form: imageForms[index % 4] ?? 'oci',
            seed: `${source} ${seed}`,
          });
          this.digests.set(source, digest);
        }),
      );
    }
  }

  /** Writes the lock of what was pushed upstream. */
  lock(): void {
    const images = this.copies.map(({ source, target }) => ({
      image: target,
      source,
      digest: this.digests.get(source),
      platforms: ['linux/amd64'],
      upstream: true,
      verified: '2026-11-28',
    }));
    this.workspace.write('mirror.lock', JSON.stringify({ schema: 1, images }));
  }

  /** The images whose copy is not there with the same digest. */
  async wrongIn(mirror: TestRegistry): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const { source, target } of this.copies) {
      const digest = await digestIn(mirror, target);
      if (digest === undefined || digest !== this.digests.get(source)) wrong.push(target);
    }
    return wrong;
  }
}

/** `undefined`: there is no such image. */
export async function digestIn(registry: TestRegistry, image: string): Promise<string | undefined> {
  const { status, headers } = await headOf(registry, image);
  const digest = headers['docker-content-digest'];
  return status === 200 && typeof digest === 'string' ? digest : undefined;
}

/** What the registry says of an image, whose name has the host of it. */
export function headOf(registry: TestRegistry, image: string): Promise<RegistryAnswer> {
  const [repository, tag] = splitTag(image.slice(image.indexOf('/') + 1));
  const path = `/v2/${repository}/manifests/${tag}`;
  return registry.call({ method: 'HEAD', path, headers: { accept: accepted } });
}

function splitTag(image: string): readonly [string, string] {
  const colon = image.lastIndexOf(':');
  return [image.slice(0, colon), image.slice(colon + 1)];
}
