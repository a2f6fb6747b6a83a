import { printFieldPath } from './fieldPath.ts';
import type { RenderedImage } from './types.ts';

/** The object and the field of an image: `Deployment auth/dex spec.template.spec.containers[0].image`. */
export function placeInManifest({ object, path, inner, line }: RenderedImage): string {
  const name = [object.namespace, object.name].filter(Boolean).join('/');
  const fields = [path, ...inner].map(printFieldPath).filter(text => text !== '');
  const place = line === undefined ? [] : [`line ${line}`];
  return [object.kind, name, fields.join(' > '), ...place].filter(text => text !== '').join(' ');
}
