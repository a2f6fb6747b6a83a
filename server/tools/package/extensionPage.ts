/** Gives the bytes of a picture by its path from the root of the repository. */
export type ReadPicture = (path: string) => Buffer;

/**
 * The README as VS Code shows it on the page of the extension. Without a public repository nothing there can be fetched, so
 * pictures are put into the page, links to files of the repository become their texts, and what is of use only in a clone
 * is left out.
 */
export function extensionPage(readme: string, readPicture: ReadPicture): string {
  return outsideOfRepository(readme)
    .replace(/!\[([^\]]*)\]\(([^):]+\.png)\)/g, (_all, alt: string, path: string) => {
      return `![${alt}](data:image/png;base64,${readPicture(path).toString('base64')})`;
    })
    .replace(linkToFile, '$1');
}

const linkToFile = /(?<!!)\[([^\]]*)\]\((?!https:|#)[^)]*\)/g;

/** The README as a package registry shows it: the same, where a picture in the page would not be shown. */
export function packagePage(readme: string): string {
  return outsideOfRepository(readme)
    .replace(/!\[[^\]]*\]\([^):]+\.png\)\n+/g, '')
    .replace(linkToFile, '$1');
}

function outsideOfRepository(readme: string): string {
  return readme.replace(/<!-- only in the repository -->\n[\s\S]*?<!-- end -->\n+/g, '');
}
