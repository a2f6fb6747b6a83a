import type { Span } from '../text/span.ts';
import { anchorsOf, visit, type Anchors } from '../yaml/lookup.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { parseYaml } from '../yaml/parse.ts';

/** A map of a CI file, such as a workflow, a job or a step. */
export interface CiMap {
  readonly map: YamlMap;
  readonly anchors: Anchors;
}

/** Every map of a CI file, in text order, outer ones first. Empty where the text does not run anything, or is not YAML that can be read. */
export function ciMapsOf(text: string): readonly CiMap[] {
  if (!/(?:^|[{,])[ \t-]*["']?(?:env|environment|variables|vars|run|script|cmds)["']?[ \t]*:/m.test(text))
    return [];
  const { documents, problems } = parseYaml(text);
  if (problems.length > 0) return [];
  const maps: CiMap[] = [];
  for (const { root } of documents) {
    const anchors = anchorsOf(root);
    visit(root, node => {
      if (node.kind === 'map') maps.push({ map: node, anchors });
    });
  }
  return maps;
}

/** Tells the innermost of spans that are in text order, each in the one before or after it; asked for offsets in their order. */
export function spansAt<S extends Span>(spans: readonly S[]): (offset: number) => S | undefined {
  const open: S[] = [];
  let next = 0;
  return offset => {
    for (let span = spans[next]; span !== undefined && span.start <= offset; span = spans[++next]) {
      closeBefore(open, span.start);
      open.push(span);
    }
    closeBefore(open, offset);
    return open.at(-1);
  };
}

function closeBefore(open: Span[], offset: number): void {
  for (let last = open.at(-1); last !== undefined && last.end < offset; last = open.at(-1)) open.pop();
}
