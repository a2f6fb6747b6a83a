import { posix } from 'node:path';
import { readText } from './sources.ts';

/** The links and pictures of a Markdown page that lead to a file or a heading that is not there. */
export function deadLinks(page: string): readonly string[] {
  return linksOf(readText(page) ?? '').filter(link => !isAlive(page, link));
}

/** The targets of links and pictures, without those in code. */
export function linksOf(markdown: string): readonly string[] {
  const prose = withoutCode(markdown);
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1] ?? '');
}

function isAlive(page: string, link: string): boolean {
  if (/^https:\/\//.test(link)) return true;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : posix.join(posix.dirname(page), path);
  const text = readText(target);
  return text !== undefined && (anchor === undefined || anchorsOf(text).includes(anchor));
}

/** What the headings of a page are called in links, as GitHub and VS Code name them. */
function anchorsOf(markdown: string): readonly string[] {
  const headings = [...withoutCode(markdown).matchAll(/^#+ (.*)$/gm)].map(match => match[1] ?? '');
  return headings.map(heading =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[^\n]*\n[\s\S]*?^```/gm, '');
}
