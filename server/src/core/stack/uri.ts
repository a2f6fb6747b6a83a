/** The folder that a URI is in, with its closing slash. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

/** The URI of a path relative to a folder's URI; absolute paths stay on the folder's host. */
export function joinUri(folder: string, path: string): string {
  const encoded = path.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  const base = withSlash(folder);
  if (!encoded.startsWith('/')) return normalizeUri(base + encoded);
  const host = /^[^:]+:\/\/[^/]*/.exec(base)?.[0] ?? base;
  return normalizeUri(host + encoded);
}

function withSlash(folder: string): string {
  if (folder.endsWith('/')) return folder;
  return `${folder}/`;
}

/** Editors and Node write the same place in different ways, such as `file:///c%3A/` and `file:///C:/`. */
export function normalizeUri(uri: string): string {
  const match = /^([a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?)(\/.*)?$/i.exec(uri);
  if (match === null) return uri;
  const steps: string[] = [];
  for (const step of (match[2] ?? '/').split('/').slice(1)) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(encodeURIComponent(decodeStep(step)));
  }
  const path = `/${steps.join('/')}`.replace(
    /^\/([A-Za-z])%3A(?=\/|$)/,
    (_, drive: string) => `/${drive.toLowerCase()}%3A`,
  );
  return (match[1] ?? '') + path;
}

/** The path that leads from a folder to a file; `undefined` between hosts or drives, which no relative path joins. */
export function relativePath(folder: string, uri: string): string | undefined {
  const from = trimSlash(normalizeUri(folder)).split('/');
  const to = uri.split('/');
  const differing = to.findIndex((step, index) => step !== from[index]);
  const isFar =
    differing < schemeAndHost || (differing === schemeAndHost && /^[a-z]%3A$/.test(to[differing] ?? ''));
  if (isFar) return undefined;
  return [...from.slice(differing).map(() => '..'), ...to.slice(differing).map(decodeStep)].join('/');
}

/** So many parts of a URI between slashes are before its path. */
const schemeAndHost = 3;

function decodeStep(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/** A folder without its closing slash. */
export function trimSlash(uri: string): string {
  if (uri.endsWith('/')) return uri.slice(0, -1);
  return uri;
}

/** How much two URIs have in common, in UTF-16 units up to the end of a folder. */
export function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.lastIndexOf('/', length);
}

export function isInside(folder: string, uri: string): boolean {
  return uri.startsWith(withSlash(folder));
}

/** The path of a file as people write it: relative to the folder when it is inside, else its name, also of one that is not saved yet. */
export function labelOf(folder: string | undefined, uri: string): string {
  if (!uri.includes('/')) return decodeStep(uri.replace(/^untitled:/, ''));
  const base = folder === undefined ? folderOf(uri) : withSlash(folder);
  const path = uri.startsWith(base) ? uri.slice(base.length) : uri.slice(uri.lastIndexOf('/') + 1);
  return path.split('/').map(decodeStep).join('/');
}
