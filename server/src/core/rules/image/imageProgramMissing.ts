import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { upstreamFinder } from '../../analysis/upstreams.ts';
import { isChartWithin } from '../../catalog/chartVersions.ts';
import { compareReleases } from '../../catalog/release.ts';
import { retiredImage } from '../../catalog/retired.ts';
import type { MissingProgram, RunProgram } from '../../catalog/types.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import type { Report } from '../../findings/finding.ts';
import { toBool } from '../../go/toBool.ts';
import { canonicalRepository } from '../../image/repository.ts';
import { arePodsOff } from '../../pullSecrets/reach.ts';
import type { ImageRule } from '../rule.ts';
import { imageLabel, repositoryValue } from './rewriteChanges.ts';
import { textAt } from './tagChanges.ts';

/** An image that lacks the program which the templates run in it. */
export const imageProgramMissing: ImageRule = {
  subject: 'image',
  code: 'image-program-missing',
  severity: 'error',
  doc: {
    summary: 'The image is known to lack a program that deployKF runs in it',
    why: [
      'Some Jobs of deployKF run scripts in an image, most of them with `bash`: those that generate the',
      'secrets in the `kubectl` image. The images that took the place of `bitnami/kubectl` elsewhere are',
      'smaller: `alpine/kubectl` has `sh` alone, `rancher/kubectl` and `registry.k8s.io/kubectl` no shell at',
      'all. The container then cannot start, and what waits for the secrets does not, either. The CronJobs of Kyverno',
      'that clean up reports run `sh`, those of its charts 3.2 `bash`, and fail every ten minutes. Only images of',
      'which this is known, with a source, are reported, and only where a `generateSecret` or a clean-up job is on,',
      'since nothing runs otherwise. A private image is seen through the registry policy.',
    ].join('\n'),
    bad: exampleWith('docker.io/alpine/kubectl', '1.33.4'),
    good: exampleWith('docker.io/bitnamilegacy/kubectl', '1.26.15-debian-12-r4'),
  },
  check: checkImage,
};

function exampleWith(repository: string, tag: string): string {
  return [
    'deploykf_core:',
    '  deploykf_auth:',
    '    dex:',
    '      clients:',
    '        oauth2Proxy:',
    '          clientSecret:',
    '            existingSecret: generated--dex-oauth2-proxy-client',
    '            generateSecret: true',
    '    images:',
    '      kubectl:',
    `        repository: ${repository}`,
    `        tag: ${tag}`,
    '',
  ].join('\n');
}

function checkImage(entry: ImageEntry, view: StackView): readonly Report[] {
  const { runs = [] } = entry.image;
  if (!entry.enabled || entry.canonical === undefined) return [];
  const program = runs.find(run => isRun(run, view))?.program;
  if (program === undefined || arePodsOff(view, entry) !== false) return [];
  const missing = missingIn(view, entry, entry.canonical, program);
  if (missing === undefined) return [];
  const message = `${imageLabel(entry)}: ${missing.repository} has no ${program}, which ${entry.component.title} runs in it (${entry.image.usedFor}): use ${otherImage(view, entry, program)}`;
  return reportAt(writtenLocation(view, repositoryValue(entry)), { message, path: entry.path });
}

function isRun({ when, chart }: RunProgram, { effective }: StackView): boolean {
  if (chart !== undefined && !isChartWithin(effective.value(chart.path), chart)) return false;
  return when?.some(path => toBool(effective.value(path) ?? null)) ?? true;
}

/** What is known to be missing in a repository, or in what the policy mirrors it from. */
function missingIn(
  view: StackView,
  entry: ImageEntry,
  canonical: string,
  program: string,
): MissingProgram | undefined {
  const lacking = view.catalog.catalog.missingPrograms.filter(
    known => known.programs.includes(program) && isSince(entry, known.since),
  );
  const isKnown = (name: string | undefined): MissingProgram | undefined =>
    lacking.find(known => known.repository === name);
  return isKnown(canonical) ?? isKnown(view.memo(upstreamFinder)(canonical));
}

/** Of any tag but a plain version, such as `latest`, it is not known. */
function isSince({ resolved }: ImageEntry, version: string | undefined): boolean {
  if (version === undefined) return true;
  if (resolved.kind !== 'known' || !/^v?\d+\.\d+\.\d+$/.test(resolved.tag)) return false;
  return compareReleases(resolved.tag, version) >= 0;
}

/** The release's own image, or what takes its place, has the program. */
function otherImage(view: StackView, { image }: ImageEntry, program: string): string {
  const original = canonicalRepository(textAt(view, `${image.path}.repository`) ?? '');
  if (original === undefined) return `an image that has ${program}`;
  const retired = retiredImage(view.retired, original, textAt(view, `${image.path}.tag`));
  return `an image that has ${program}, such as ${retired?.replacement ?? original}`;
}
