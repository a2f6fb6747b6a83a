import type { YamlNode, YamlScalar } from './nodes.ts';
import { parseYaml } from './parse.ts';
import { maskTemplateLines } from './templates.ts';

interface ReadScalar {
  /** The one that starts at the offset. */
  readonly scalar: YamlScalar | undefined;
  readonly problems: number;
}

/** Reads a text with lines that templates fill in, for the scalar at a UTF-16 offset of it. */
export function readScalar(text: string, offset: number): ReadScalar {
  const { documents, problems } = parseYaml(maskTemplateLines(text));
  const scalar = scalarAt(
    documents.map(({ root }) => root),
    offset,
  );
  return { scalar, problems: problems.length };
}

/** The scalar that starts at an offset. */
function scalarAt(roots: readonly (YamlNode | undefined)[], start: number): YamlScalar | undefined {
  for (const root of roots) {
    const scalar = root && findScalar(root, start);
    if (scalar !== undefined) return scalar;
  }
  return undefined;
}

function findScalar(node: YamlNode, start: number): YamlScalar | undefined {
  const { span } = node;
  if (node.kind === 'alias' || start < span.start || start > span.end) return undefined;
  if (node.kind === 'map')
    return scalarAt(
      node.pairs.map(pair => pair.value),
      start,
    );
  if (node.kind === 'seq') return scalarAt(node.items, start);
  if (span.start !== start) return undefined;
  return node;
}
