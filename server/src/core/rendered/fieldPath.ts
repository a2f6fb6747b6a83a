import type { Path } from '../yaml/nodes.ts';

/** `spec.containers[0].image` or `data["a.yaml"]`, as people write fields of a Kubernetes object. */
export function printFieldPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\w-]+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    if (text === '') return step;
    return `${text}.${step}`;
  }, '');
}
