import assert from 'node:assert/strict';
import grammar from '../../syntaxes/deploykf-values.injection.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };

const { 'generator-template': generator, template, expression } = grammar.repository;

/** The scope that the grammar gives the first match in a text; its patterns mean the same to JavaScript as to VS Code. */
function scopeOf(text: string): string | undefined {
  return expression.patterns
    .find(({ match }) => new RegExp(match).test(text))
    ?.name.replace('.deploykf-values', '');
}

describe('the injection grammar', () => {
  it('is injected into YAML', () =>
    assert.deepEqual(manifest.contributes.grammars, [
      {
        scopeName: grammar.scopeName,
        path: './syntaxes/deploykf-values.injection.json',
        injectTo: ['source.yaml'],
      },
    ]));

  it('tells templates of the generator and of Helm from flow maps', () => {
    assert.match('{{< .Values.x >}}', new RegExp(`^${generator.begin}.*${generator.end}$`));
    assert.match('{{- .Values.x -}}', new RegExp(`^${template.begin}.*${template.end}$`));
    assert.doesNotMatch('{{a: 1}: 2}', new RegExp(template.begin));
  });

  it('knows the parts of an expression', () =>
    assert.deepEqual(['"text"', '`raw`', 'if', 'nil', '.Values.x', '|'].map(scopeOf), [
      'string.quoted.double',
      'string.quoted.other',
      'keyword.control',
      'constant.language',
      'variable.other',
      'keyword.operator',
    ]));
});
