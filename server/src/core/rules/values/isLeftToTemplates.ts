import type { Layer } from '../../stack/layer.ts';
import { hasTemplate } from '../../stack/templated.ts';
import type { YamlNode } from '../../yaml/nodes.ts';

/** What another tool fills in: a text with a template in it, or `{{ … }}`, which YAML reads as a map. */
export function isLeftToTemplates({ file }: Layer, node: YamlNode): boolean {
  if (node.kind === 'map') return node.flow && file?.text.startsWith('{{', node.span.start) === true;
  return node.kind === 'scalar' && hasTemplate(node.source);
}
