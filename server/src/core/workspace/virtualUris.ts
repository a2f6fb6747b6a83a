/** Read-only documents that are not in any file. */
export const virtualScheme = 'deploykf-values';

/** The defaults of a catalog, by the name that stacks have it under: without upstream's comments. */
export function defaultsUri(catalog: string): string {
  return `${virtualScheme}:/defaults/${asStep(catalog)}/default_values.yaml`;
}

/** The same with upstream's comments, where the user has them in an archive. */
export function commentedUri(catalog: string): string {
  return `${virtualScheme}:/commented/${asStep(catalog)}/default_values.yaml`;
}

/** One of upstream's sample files at a release, such as `sample-values.yaml`: without upstream's comments. */
export function sampleUri(release: string, name: string): string {
  return `${virtualScheme}:/samples/${asStep(release)}/${asStep(name)}`;
}

/** The values of a stack as deployKF takes them, named as the tab of an editor shows it. */
export function effectiveUri(stackId: string, name: string): string {
  const title = `Effective values of ${name === '' ? stackId.slice(stackId.lastIndexOf('/') + 1) : name}`;
  return stackUri('effective', stackId, title);
}

/** The values that are left after the merge of a stack's layers, to be compared with the defaults. */
export function mergedUri(stackId: string, name: string): string {
  return stackUri('merged', stackId, `${name === '' ? 'values' : name}.yaml`);
}

/** What a mirror must hold for a stack. */
export function planUri(stackId: string, name: string): string {
  return stackUri('plan', stackId, `${name === '' ? 'values' : name}.mirror.txt`);
}

/** Which Secrets reach which namespaces of a stack. */
export function pullSecretsUri(stackId: string, name: string): string {
  return stackUri('pull-secrets', stackId, `${name === '' ? 'values' : name}.pull-secrets.txt`);
}

/** What registries were seen to have of the images of a stack. */
export function verifiedUri(stackId: string, name: string): string {
  return stackUri('verified', stackId, `${name === '' ? 'values' : name}.verify.txt`);
}

/** What is known of an image of a stack, of a component, by its id in the Images view. */
export function imageUri(stackId: string, component: string, image: string): string {
  const steps = [stackId, component, image].map(asStep).join('/');
  const name = image.slice(Math.max(image.lastIndexOf('.'), image.lastIndexOf('/')) + 1);
  return `${virtualScheme}:/images/${steps}/${encodeURIComponent(name)}.md`;
}

/** What another release means for the stacks of a release that a file defines, or is a layer of. */
export function upgradeUri(fileUri: string, from: string, to: string): string {
  const steps = [fileUri, from, to].map(asStep).join('/');
  return `${virtualScheme}:/upgrade/${steps}/${encodeURIComponent(`${from}-to-${to}`)}.txt`;
}

/** A document about a stack, with the name that the tab of an editor shows. */
function stackUri(kind: string, stackId: string, shown: string): string {
  return `${virtualScheme}:/${kind}/${asStep(stackId)}/${encodeURIComponent(shown)}`;
}

/** A text as a step of a path, in characters that no client encodes or decodes. */
function asStep(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]/g, unit => `_${unit.charCodeAt(0).toString(16)}_`);
}

/** What `asStep` was given. */
export function fromStep(step: string): string {
  return step.replace(/_([0-9a-f]{1,4})_/g, (_, unit: string) =>
    String.fromCharCode(Number.parseInt(unit, 16)),
  );
}
