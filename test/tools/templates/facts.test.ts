import assert from 'node:assert/strict';
import { readTemplates, type ReleaseTemplates } from '../../../server/tools/templates/facts.ts';

const ignore = '{{<- if not .Values.a.enabled >}}\nmanifests/a/\n{{<- end >}}\n';

function read(files: Readonly<Record<string, string>>): ReleaseTemplates {
  return readTemplates(new Map(Object.entries({ 'templates/.gomplateignore_template': ignore, ...files })));
}

/** One line per need, without its source. */
function needsOf(text: string): readonly string[] {
  return read({ 'templates/manifests/a/x.yaml': text })
    .needs.flatMap(({ form, when, paths }) =>
      Object.keys(paths).map(
        path => `${path} ${form}${when === undefined ? '' : ` ${JSON.stringify(when)}`}`,
      ),
    )
    .filter(line => !line.startsWith('a map'));
}

describe('what templates need of values', () => {
  it('is a map where keys are read, while the component is on', () =>
    assert.deepEqual(needsOf('{{< .Values.a.b.c | quote >}}'), ['a.b map {"set":"a.enabled"}']));

  it('is a list of texts where each is a template', () =>
    assert.deepEqual(
      needsOf('{{<- range $m := .Values.a.list >}}{{< (tpl $m $) | data.YAML >}}{{<- end >}}'),
      [
        'a.list list {"set":"a.enabled"}',
        'a.list[] string {"set":"a.enabled"}',
        'a.list[] yaml {"set":"a.enabled"}',
      ],
    ));

  it('is what the branch needs, under its condition', () =>
    assert.deepEqual(
      needsOf(
        '{{<- if eq .Values.a.type "x" >}}{{< .Values.a.x.y >}}{{<- else >}}{{< .Values.a.z.y >}}{{<- end >}}',
      ),
      [
        'a.type comparable {"set":"a.enabled"}',
        'a.x map {"all":[{"set":"a.enabled"},{"path":"a.type","equals":"x"}]}',
        'a.z map {"all":[{"set":"a.enabled"},{"not":{"path":"a.type","equals":"x"}}]}',
      ],
    ));

  it('is left out where something else than values decides', () =>
    assert.deepEqual(needsOf('{{<- if getenv "X" >}}{{< .Values.a.x.y >}}{{<- end >}}'), []));

  it('is a key that items must have', () =>
    assert.deepEqual(
      needsOf(
        '{{<- range .Values.a.list >}}{{<- if not (index . "id") >}}{{<- fail "no id" >}}{{<- end >}}{{< .id >}}{{< .name >}}{{<- end >}}',
      ),
      [
        'a.list list {"set":"a.enabled"}',
        'a.list[] map {"set":"a.enabled"}',
        'a.list[].name present {"all":[{"set":"a.enabled"},{"set":"a.list[].id"}]}',
      ],
    ));

  it('is also what helpers need and refuse', () => {
    const { checks } = read({
      'helpers/own.tpl':
        '{{<- define "own.embedded" ->}}{{<- if not .Values.a.external ->}}{{<- if .Values.b.enabled ->}}true{{<- else ->}}{{< fail "`b.enabled` must be true" >}}{{<- end ->}}{{<- end ->}}{{<- end ->}}',
      'templates/manifests/a/x.yaml':
        '{{<- if tmpl.Exec "own.embedded" . >}}{{<- if not .Values.a.name >}}{{<- fail (printf "`%s` is empty in %s" "a.name" .x) >}}{{<- end >}}{{<- end >}}',
    });
    const sorted = checks.toSorted((one, other) => one.source.localeCompare(other.source));
    assert.deepEqual(sorted, [
      {
        message: '`b.enabled` must be true',
        when: {
          all: [{ set: 'a.enabled' }, { not: { set: 'a.external' } }, { not: { set: 'b.enabled' } }],
        },
        source: 'helpers/own.tpl:1',
      },
      {
        message: '`a.name` is empty in %s',
        when: {
          all: [
            { set: 'a.enabled' },
            { not: { set: 'a.external' } },
            { set: 'b.enabled' },
            { not: { set: 'a.name' } },
          ],
        },
        source: 'templates/manifests/a/x.yaml:1',
      },
    ]);
  });

  it('refuses language that it does not know', () =>
    assert.throws(() => needsOf('{{<- with .Values.a >}}{{<- end >}}'), /with is not known/));
});
