import ts from 'typescript';
import { nodesOf, parseSource } from '../metrics/grain.ts';

/** What a source file of the client says to people. */
export interface ClientTexts {
  /** The messages of `l10n.t`, with `{0}` for what is filled in. */
  readonly messages: readonly string[];
  /** What looks like a text for people and does not go through `l10n.t`, or cannot be read from there: no literal, or put together. */
  readonly bare: readonly string[];
}

/** `text`: the source of a file, `path`: its name. */
export function clientTexts(path: string, text: string): ClientTexts {
  const source = parseSource(path, text);
  const messages: string[] = [];
  const bare: string[] = [];
  for (const node of nodesOf(source)) {
    if (isTranslation(node)) {
      const [message] = node.arguments;
      if (message !== undefined && ts.isStringLiteralLike(message)) messages.push(message.text);
      else bare.push(node.getText(source));
    } else if (isBare(node)) bare.push(node.getText(source));
  }
  return { messages, bare };
}

/** `l10n.t(…)`, as VS Code's own tools find it. */
function isTranslation(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  return name.text === 't' && ts.isIdentifier(expression) && expression.text === 'l10n';
}

function isBare(node: ts.Node): boolean {
  const text = literalText(node);
  if (text === undefined || !isForPeople(text)) return false;
  const { parent } = node;
  const isMessage = isTranslation(parent) && parent.arguments[0] === node;
  return !isMessage && !ts.isImportDeclaration(parent) && !ts.isLiteralTypeNode(parent) && !isLogged(node);
}

/** Whether it is written to the log, which is in English: `log.info(…)`, also of `this.#log`. */
function isLogged(node: ts.Node): boolean {
  for (let each = node.parent; !ts.isStatement(each) && !ts.isSourceFile(each); each = each.parent) {
    if (ts.isCallExpression(each))
      return /(?:^|[.#])log\.(?:info|warn|error)$/.test(each.expression.getText());
  }
  return false;
}

/** What is filled in is one character that is no letter, so that a text of filled-in parts alone is none. */
function literalText(node: ts.Node): string | undefined {
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(span => `\0${span.literal.text}`).join('');
  return ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** It is the same in every language. */
const productName = /^deployKF(?: Values$)?/;

/** Several words, or one that is written as in a title. */
function isForPeople(text: string): boolean {
  const said = text.replace(productName, '');
  return /\p{L}{2}[,:;.…]? \p{L}|\0[,:;.]? \p{L}{2}|\p{L}{2}[,:;.]? \0|^\p{Lu}\p{Ll}+…?$|…$/u.test(said);
}
