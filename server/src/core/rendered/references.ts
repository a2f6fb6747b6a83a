import { normalizeReference, printReference } from '../image/reference.ts';

/** The key of a field that names an image, such as `image`, `driverImage` or `TENSORBOARD_IMAGE`. */
export function isImageKey(key: string): boolean {
  return /(?:image|Image|IMAGE)(?:_NAME)?$/.test(key);
}

/** The name of a variable that names an image, such as `RELATED_IMAGE_PROXY`. */
export function isImageVariable(name: string): boolean {
  return /^(?:.+_)?IMAGE(?:_NAME|_REF|_URI|_URL)?$|^RELATED_IMAGE_/.test(name);
}

/** The name of a flag that names an image, such as `--executor-image`. */
export function isImageFlag(flag: string): boolean {
  return /^--?(?:[\w.-]+-)?image(?:-name|-ref)?$/.test(flag);
}

/** The canonical reference; `undefined` where the text is not one, or a tool fills part of it in. */
export function canonicalImage(text: string): string | undefined {
  if (/[{}$\s]/.test(text)) return undefined;
  const { reference } = normalizeReference(text);
  return reference && printReference(reference);
}

/** Whether a text says by itself that it is a reference: it has a registry, a tag or a digest. */
export function tellsReference(text: string): boolean {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(0, slash));
  return /[.:]|^localhost$/.test(first) || /[:@]/.test(text.slice(slash + 1));
}
