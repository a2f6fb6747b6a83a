import assert from 'node:assert/strict';
import { lookUp } from '../../../server/src/core/lookup/lookUp.ts';
import type { ImageUse } from '../../../server/src/core/lookup/imageUses.ts';
import { readPastedImages } from '../../../server/src/core/lookup/pastedImages.ts';
import { lookupText } from '../../../server/src/core/report/lookupText.ts';
import { titleOf } from '../../../server/src/core/report/lookupWords.ts';
import { plainStyle } from '../../../server/src/core/report/style.ts';
import type { RegistryPolicy } from '../../../server/src/core/policy/types.ts';
import { viewOf } from '../../support/views.ts';
import { policyForRegistry } from '../../../server/src/core/policy/presets.ts';

const policy = policyForRegistry('r.example.com', 'upstream-host');
const proxy = 'deploykf_core.deploykf_auth.images.oauth2Proxy';
const digest = `sha256:${'a'.repeat(64)}`;

function uses(image: string, text: string, withPolicy?: RegistryPolicy): readonly ImageUse[] {
  const [asked] = readPastedImages(image);
  if (asked === undefined) return assert.fail('no image');
  const view = viewOf([text], { ...(withPolicy && { policy: withPolicy }) });
  return lookUp([{ view, name: 'prod' }], asked).stacks.flatMap(stack => stack.uses);
}

/** `PATH: RELATION, TAG`. */
function said(image: string, text: string, withPolicy?: RegistryPolicy): readonly string[] {
  return uses(image, text, withPolicy).map(
    use => `${titleOf(use)}: ${use.relation}, ${use.tag.kind}${use.isDeployed ? '' : ', off'}`,
  );
}

const set = (image: string): string =>
  `deploykf_core: { deploykf_auth: { images: { oauth2Proxy: { repository: ${image} } } } }\n`;

describe('The values behind an image', () => {
  it('are those that pull it, by the tag or digest', () => {
    assert.deepEqual(said('quay.io/oauth2-proxy/oauth2-proxy:v1', ''), [`${proxy}: pulled, other-tag`]);
    assert.deepEqual(said('quay.io/oauth2-proxy/oauth2-proxy', ''), [`${proxy}: pulled, untagged`]);
    assert.deepEqual(said(`quay.io/oauth2-proxy/oauth2-proxy@${digest}`, ''), [`${proxy}: pulled, by-tag`]);
    const pulled = uses('quay.io/oauth2-proxy/oauth2-proxy', '')[0]?.pulled ?? '';
    assert.deepEqual(said(pulled, ''), [`${proxy}: pulled, same`]);
  });

  it('are those that the policy maps to it, or that pull a copy of it', () => {
    const copy = 'r.example.com/quay.io/oauth2-proxy/oauth2-proxy';
    assert.deepEqual(said(`${copy}:v1`, '', policy), [`${proxy}: target, other-tag`]);
    assert.deepEqual(said(`${copy}:v1`, set(copy), policy), [`${proxy}: pulled, other-tag`]);
    assert.deepEqual(said('quay.io/oauth2-proxy/oauth2-proxy:v1', set(copy), policy), [
      `${proxy}: upstream, other-tag`,
    ]);
  });

  it('are those that the release has it at, where a layer sets another', () =>
    assert.deepEqual(said('quay.io/oauth2-proxy/oauth2-proxy:v1', set('a.example.com/proxy')), [
      `${proxy}: default, other-tag`,
    ]));

  it('are items of lists, by themselves', () => {
    const options = 'kubeflow_tools.notebooks.spawnerFormDefaults.image.options[0]';
    const text = `kubeflow_tools: { notebooks: { enabled: true, spawnerFormDefaults: { image: { options: ["a.example.com/b:1"] } } } }\n`;
    assert.deepEqual(said('a.example.com/b:1', text), [`${options}: pulled, same`]);
  });

  it('name images that no value can change, and those of the ArgoCD plugin', () => {
    const katib = 'kubeflow_tools: { katib: { enabled: true } }\n';
    assert.deepEqual(said('kubeflowkatib/suggestion-enas:v0.15.0', katib), [
      'no value can change it: ConfigMap katib-config: suggestions by ENAS: pulled, same',
    ]);
    assert.ok(uses('quay.io/argoproj/argocd', '').every(({ kind }) => kind === 'plugin'));
  });

  it('have the place of the layer, or that of an override', () => {
    const [use] = uses('a.example.com/proxy', set('a.example.com/proxy'));
    assert.equal(use?.setAt?.uri, 'file:///0.yaml');
    assert.equal(use.overrideAt, undefined);
    const [other] = uses('quay.io/oauth2-proxy/oauth2-proxy', 'kubeflow_tools: {}\n');
    assert.deepEqual(other?.setAt, undefined);
    assert.deepEqual(other?.overrideAt, { uri: 'file:///0.yaml', span: { start: 0, end: 14 } });
  });

  it('are said with what happened to the image, also where the stack does not have it', () => {
    const [asked] = readPastedImages('docker.io/minio/mc:1');
    if (asked === undefined) return assert.fail('no image');
    const found = lookUp([{ view: viewOf(['kubeflow_tools: {}\n']), name: 'prod' }], asked);
    assert.match(
      lookupText([found], { style: plainStyle, pathOf: uri => uri }),
      /minio\/mc was removed from Docker Hub in September 2026; quay\.io\/minio\/mc takes its place/,
    );
  });
});
