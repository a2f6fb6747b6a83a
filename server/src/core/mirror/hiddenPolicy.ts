import type { StackView } from '../analysis/stackView.ts';
import { firstDocument, anchorsOf, resolved } from '../yaml/lookup.ts';
import type { YamlNode } from '../yaml/nodes.ts';
import { parseYaml } from '../yaml/parse.ts';
import { isList, isRecord, valueOf, type Value } from '../yaml/value.ts';
import { kyvernoPolicy, kyvernoPolicyName, policyStart } from './exporters/kyverno.ts';
import { unescapeFromHelm } from './helmText.ts';
import { hiddenCopies, mirrorPlan } from './plan.ts';

const kyvernoPath = 'deploykf_dependencies.kyverno';

/** Where the policy can be among the values: each item is a manifest of Kyverno's Application. */
export const extraManifestsPath = `${kyvernoPath}.extraManifests`;

/** Whether a stack has the policy that redirects images which no value can change. */
export interface HiddenPolicy {
  /** `outdated`: the values have it, and it is not what the registry policy and the release ask for. */
  readonly state: 'absent' | 'current' | 'outdated';
  /** The manifest that there should be; `undefined` where there can be none, such as without Kyverno. */
  readonly wanted: string | undefined;
  /** The item of `extraManifests` that holds it. */
  readonly item: YamlNode | undefined;
}

/** Ask for it with `view.memo(hiddenPolicy)`. */
export function hiddenPolicy(view: StackView): HiddenPolicy {
  const kyverno = view.catalog.componentAt(kyvernoPath);
  if (view.policy === undefined || kyverno === undefined || !view.isEnabled(kyverno))
    return { state: 'absent', wanted: undefined, item: undefined };
  const wanted = policyText(view, false);
  const found = foundItem(view);
  if (found === undefined) return { state: 'absent', wanted, item: undefined };
  // Also one for components that are off will do.
  const isCurrent = isSame(found.rendered, wanted) || isSame(found.rendered, policyText(view, true));
  return { state: isCurrent ? 'current' : 'outdated', wanted, item: found.item };
}

/**
 * Whether the whole plan of the stack cannot be carried out; it takes longer, so that only a fix asks. Ask for it with
 * `view.memo(hasRefusals)`.
 */
export function hasRefusals(view: StackView): boolean {
  return mirrorPlan(view, { stack: '', all: false }).refused.length > 0;
}

function policyText(view: StackView, all: boolean): string | undefined {
  const policy = kyvernoPolicy(hiddenCopies(view, { all }));
  return policy.kind === 'written' ? policy.text : undefined;
}

interface FoundItem {
  readonly item: YamlNode;
  /** What Helm makes of it; `undefined` where it fails or other templates are in it. */
  readonly rendered: string | undefined;
}

function foundItem(view: StackView): FoundItem | undefined {
  const say = view.effective.at(extraManifestsPath)?.winner;
  if (say?.node.kind !== 'seq') return undefined;
  for (const item of say.node.items) {
    const node = resolved(item, say.layer.anchors);
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') continue;
    const text = node.value;
    if (!text.includes(kyvernoPolicyName)) continue;
    const rendered = unescapeFromHelm(text);
    if (isOurs(rendered ?? text)) return { item, rendered };
  }
  return undefined;
}

function isOurs(text: string): boolean {
  if (text.startsWith(policyStart)) return true;
  const manifest = readManifest(text);
  if (!isRecord(manifest) || manifest['kind'] !== 'ClusterPolicy') return false;
  const metadata = manifest['metadata'];
  return isRecord(metadata) && metadata['name'] === kyvernoPolicyName;
}

/** To parse takes longer, and nearly nobody writes it otherwise. */
function isSame(rendered: string | undefined, wanted: string | undefined): boolean {
  if (rendered === undefined || wanted === undefined) return false;
  if (rendered.trimEnd() === wanted.trimEnd()) return true;
  const targets = [...wanted.matchAll(/^ +value: "(.*)"$/gm)].map(([, target]) => target);
  if (targets.some(target => target !== undefined && !rendered.includes(target))) return false;
  return isEqual(readManifest(rendered), readManifest(wanted));
}

/** The only document of a text; `undefined` where it does not parse, or has several. */
function readManifest(text: string): Value | undefined {
  const parsed = parseYaml(text);
  if (parsed.problems.length > 0 || parsed.documents.length > 1) return undefined;
  const root = firstDocument(parsed);
  return root && valueOf(root, anchorsOf(root));
}

function isEqual(left: Value | undefined, right: Value | undefined): boolean {
  if (isList(left) && isList(right))
    return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
  if (!isRecord(left) || !isRecord(right)) return left === right;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every(key => Object.hasOwn(right, key) && isEqual(left[key], right[key]))
  );
}
