import assert from 'node:assert/strict';
import { answerAgent } from '../../../server/src/core/agents/answer.ts';
import { agentTools } from '../../../server/src/core/agents/tools.ts';
import type { AgentAnswer, AgentWorld } from '../../../server/src/core/agents/world.ts';
import { rules } from '../../../server/src/core/rules/index.ts';
import { readProject } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { catalogs } from '../../support/views.ts';

const root = 'file:///ws/';
const projectName = '.deploykf-values.yaml';
const policy = 'registry:\n  rules: [{ source: "*", target: "registry.example.com/{registry}/{path}" }]\n';
const prod = `stacks:\n  - name: prod\n    release: 0.1.5\n    values: [base.yaml, prod.yaml]\n`;
const base = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: v1\n';
const auth = 'deploykf_core.deploykf_auth';

/** An Application with a layer that is in another repository, so that nothing is to be concluded from what is not there. */
const partial = `kind: Application
metadata: { name: app }
spec:
  sources:
    - plugin:
        name: deploykf
        parameters:
          - { name: source_version, string: "0.1.5" }
          - { name: values_files, array: ["{{ .file }}"] }
          - name: values
            string: |
              deploykf_core:
                deploykf_auth:
                  images: { dex: { tag: v9 } }
`;

function worldOf(texts: Readonly<Record<string, string>>): AgentWorld {
  const files = Object.entries(texts)
    .filter(([name]) => name !== projectName)
    .map(([name, text]) => new ValuesFile(root + name, text));
  const written = texts[projectName];
  const names = { releases: catalogs.releases, codes: rules.map(({ code }) => code) };
  const project = readProject(new ValuesFile(root + projectName, written ?? ''), names);
  const snapshot = Snapshot.of({
    catalogs,
    folders: [
      { uri: root, settings: project.settings, project: written === undefined ? undefined : project },
    ],
    files: new Map(files.map(file => [file.uri, file])),
  });
  return {
    snapshot,
    plans: snapshot.plans,
    files: Object.keys(texts).map(name => root + name),
    folders: [root],
    pathOf: uri => uri.replace(root, ''),
    problems: [],
  };
}

function ask(texts: Readonly<Record<string, string>>, name: string, input: unknown): AgentAnswer {
  return answerAgent(worldOf(texts), `deploykf_${name}`, input);
}

const twoLayers = {
  [projectName]: policy + prod,
  'base.yaml': base,
  'prod.yaml': 'deploykf_core: { deploykf_auth: { images: { dex: { repository: ghcr.io/dexidp/dex } } } }\n',
};

describe('What agents are told', () => {
  it('has the layer and line of each fact', () => {
    const { text, isError } = ask(twoLayers, 'explain', { path: `${auth}.images.dex` });
    assert.equal(isError, undefined);
    assert.equal(
      text,
      `Stack prod, defined at .deploykf-values.yaml:4
  release: 0.1.5
  layers, weakest first: defaults of 0.1.5, base.yaml, prod.yaml

deploykf_core.deploykf_auth.images.dex · deployKF 0.1.5
  {repository: ghcr.io/dexidp/dex, tag: v1, pullPolicy: IfNotPresent}

Layers, strongest first
  prod.yaml:1        {repository: ghcr.io/dexidp/dex}
  base.yaml:4        {tag: v1}
  defaults of 0.1.5  {repository: ghcr.io/dexidp/dex, tag: v2.39.1, pullPolicy: IfNotPresent}

Image deploykf_core.deploykf_auth.images.dex
  pulled         ghcr.io/dexidp/dex:v1
  tag            v1, from base.yaml:5
  state          public
  by the policy  registry.example.com/ghcr.io/dexidp/dex:v1
  used for       Deployment dex
  pulled in      deploykf-auth`,
    );
  });

  it('lists the images of a component with who says so', () => {
    const { text } = ask(twoLayers, 'images', { component: auth });
    assert.deepEqual(text.split('\n').slice(4, 6), [
      `${auth}: enabled by ${auth}.enabled, defaults of 0.1.5`,
      `  ${auth}.images.dex: ghcr.io/dexidp/dex:v1 | public | repository from prod.yaml:1 | tag v1, from base.yaml:5 | the policy puts it at registry.example.com/ghcr.io/dexidp/dex:v1`,
    ]);
  });

  it('has the place, path and fixes of each finding, and what is left', () => {
    const { text } = ask(twoLayers, 'check', { file: './prod.yaml', severity: 'warning' });
    assert.deepEqual(
      text.split('\n').filter(line => line.includes(' image-public ')),
      [
        'prod.yaml:1:64 warning image-public  "ghcr.io/dexidp/dex" is public, the registry policy maps it to "registry.example.com/ghcr.io/dexidp/dex" | path deploykf_core.deploykf_auth.images.dex | fixes: Rewrite to registry.example.com/ghcr.io/dexidp/dex',
      ],
    );
    assert.match(text, /\n\d+ findings of severity warning or graver in 1 file: \d+ warnings\nStack prod: /);
  });

  it('finds the values of an image, and repeats nothing else of the text', () => {
    const pod = 'kind: Pod\nspec: { containers: [{ image: "dexidp/dex:v2", env: [{ value: hunter2 }] }] }\n';
    const { text } = ask(twoLayers, 'explain', { image: pod.replace('dexidp', 'ghcr.io/dexidp') });
    assert.match(text, /set in {2}prod\.yaml:1\n.*tag {5}differs: the stack pulls v1/);
    assert.doesNotMatch(text, /hunter2/);
  });

  it('says what is not known', () => {
    const known = ask({ 'values.yaml': base }, 'explain', { path: `${auth}.images.dex.tag` });
    assert.match(known.text, /release: 0\.1\.5, which nobody names: taken for it, the newest release that/);
    const open = ask({ 'app.yaml': partial }, 'images', { component: auth });
    assert.match(open.text, / weakest first: defaults of 0\.1\.5, \{\{ \.file \}\} \(missing\), app\.yaml\n/);
    assert.match(
      open.text,
      /As far as is known, since 1 layer is missing: what no stronger layer sets may be /,
    );
    assert.match(open.text, /deploykf_auth: not known to be enabled: a layer that is missing here may set /);
    assert.match(open.text, /images\.dex: ghcr\.io\/dexidp\/dex:v9 .* tag v9, from app\.yaml:14/);
    assert.match(open.text, /dex:v9 .* \| a layer that is missing here may set another\n/);
    const broken = ask({ ...twoLayers, [projectName]: `nonsense: 1\n${prod}` }, 'images', {});
    assert.match(broken.text, /^Not certain, since something could not be read: \.deploykf-values\.yaml:1: /);
  });

  it('names the nearest path, the stacks and the components that there are', () => {
    assert.deepEqual(ask(twoLayers, 'explain', { path: 'deploykf_core.deploykf_auht' }), {
      isError: true,
      text: `Stack prod, defined at .deploykf-values.yaml:4
  release: 0.1.5
  layers, weakest first: defaults of 0.1.5, base.yaml, prod.yaml

Not known: deployKF 0.1.5 has no value "deploykf_core.deploykf_auht" and no layer sets it; there is "deploykf_core.deploykf_auth"`,
    });
    const none = 'There is no stack named "dev" and with the file "../x.yaml". Stacks: "prod"';
    assert.deepEqual(ask(twoLayers, 'images', { stack: 'dev', file: '../x.yaml' }), {
      isError: true,
      text: none,
    });
    const several = { 'a.yaml': base, 'b.yaml': base };
    const choose = 'Choose one of several stacks. Stacks: "a.yaml", "b.yaml"';
    assert.deepEqual(ask(several, 'images', {}), { isError: true, text: choose });
    assert.match(ask(several, 'images', { stack: 'b.yaml' }).text, /^Stack b\.yaml\n/);
    assert.match(ask(several, 'images', { stack: 'a.yaml', component: 'x' }).text, /no component "x", only /);
    assert.deepEqual(ask({}, 'check', {}), { isError: true, text: 'There is no deployKF stack here' });
  });

  it('is a clear word where the question is wrong', () => {
    const wrong = (name: string, input: unknown): string => {
      const { text, isError } = ask(twoLayers, name, input);
      assert.equal(isError, true);
      return text;
    };
    assert.equal(wrong('explain', {}), 'Give either "path", a value path, or "image"');
    assert.equal(wrong('explain', { path: 'a', image: 'b' }), 'Give either "path", a value path, or "image"');
    assert.equal(wrong('explain', { image: '!' }), 'There is no image reference in "image"');
    assert.equal(wrong('explain', []), 'deploykf_explain takes an object');
    assert.equal(wrong('explain', null), 'deploykf_explain takes an object');
    assert.equal(wrong('explain', { path: 1 }), '"path" must be a string');
    assert.equal(wrong('explain', { path: 'a'.repeat(1001) }), '"path" is longer than 1000 characters');
    const names = 'it takes stack, file, component';
    assert.equal(wrong('images', { __proto__x: '' }), `deploykf_images does not take "__proto__x": ${names}`);
    assert.equal(
      wrong('images', { constructor: '' }),
      `deploykf_images does not take "constructor": ${names}`,
    );
    const levels = 'error, warning, info, hint';
    assert.equal(wrong('check', { severity: 'all' }), `"severity" must be one of ${levels}`);
    assert.equal(wrong('none', {}), 'There is no such tool');
  });

  it('hides credentials', () => {
    const own =
      'deploykf_core:\n  deploykf_auth:\n    dex:\n      clientSecret: hunter2\n    staticPassword: hunter2\n';
    for (const path of ['deploykf_core', `${auth}.dex`, `${auth}.staticPassword`])
      assert.doesNotMatch(ask({ 'values.yaml': own }, 'explain', { path }).text, /hunter2/);
  });

  it('is cut between lines where it is too long', () => {
    const unknown = Array.from({ length: 1000 }, (_, index) => `  unknown${index}: 1\n`);
    const { text } = ask({ 'a.yaml': `deploykf_core:\n${unknown.join('')}` }, 'check', {});
    assert.ok(text.length < 61_000);
    assert.match(text, /\n… \d+ more lines are left out: ask for one stack, file, component or severity$/);
  });

  it('is of so many stacks that it does not take long', () => {
    const stacks = Array.from({ length: 22 }, (_, index) => `  - { name: s${index}, values: [base.yaml] }\n`);
    const project = `stacks:\n${stacks.join('')}`;
    const { text } = ask({ [projectName]: project, 'base.yaml': base }, 'explain', { path: auth });
    const head = 'Of 22 stacks, only 20 are looked into: name another. Stacks: "s20", "s21"\nStack s0, ';
    assert.equal(text.slice(0, head.length), head);
  });

  it('comes from tools whose names and texts fit both MCP and VS Code', () => {
    for (const { name, description, inputSchema } of agentTools) {
      assert.match(name, /^[a-z_]{1,64}$/);
      assert.ok(description.length < 1024, name);
      assert.equal(inputSchema.additionalProperties, false);
    }
  });
});
