type Test = (value: unknown) => boolean;

/** What the parameters of a method need, by name. */
type Shape = Readonly<Record<string, Test>>;

const isText: Test = value => typeof value === 'string';
const isPosition: Test = value =>
  isObject(value) && Number.isInteger(value['line']) && Number.isInteger(value['character']);
const isRange: Test = value => isObject(value) && isPosition(value['start']) && isPosition(value['end']);
const isDocument: Test = value => isObject(value) && isText(value['uri']);

const document: Shape = { textDocument: isDocument };
const place: Shape = { ...document, position: isPosition };
const uri: Shape = { uri: isText };

const rewriteChoice: Shape = {
  ...uri,
  choice: absentOr(isChoice),
  files: absentOr(listOf(isText)),
};

/** Those of every request that the server answers. What may be left out is named only where a wrong one would do harm. */
export const paramShapes: Readonly<Record<string, Shape>> = {
  'textDocument/hover': place,
  'textDocument/completion': place,
  'textDocument/definition': place,
  'textDocument/references': { ...place, context: isObject },
  'textDocument/prepareRename': place,
  'textDocument/rename': { ...place, newName: isText },
  'textDocument/codeAction': { ...document, range: isRange, context: isActionContext },
  'codeAction/resolve': {},
  'textDocument/codeLens': document,
  'codeLens/resolve': { range: isRange },
  'textDocument/inlayHint': { ...document, range: isRange },
  'inlayHint/resolve': { label: value => isText(value) || Array.isArray(value) },
  'textDocument/documentLink': document,
  'textDocument/documentSymbol': document,
  'textDocument/foldingRange': document,
  'textDocument/semanticTokens/full': document,
  'textDocument/semanticTokens/range': { ...document, range: isRange },
  'textDocument/selectionRange': { ...document, positions: listOf(isPosition) },
  'textDocument/diagnostic': document,
  'workspace/symbol': { query: isText },
  'workspace/diagnostic': {
    previousResultIds: listOf(value => isObject(value) && isText(value['uri']) && isText(value['value'])),
  },
  'workspace/willRenameFiles': {
    files: listOf(value => isObject(value) && isText(value['oldUri']) && isText(value['newUri'])),
  },
  'deploykf/pasteImage': { ...uri, range: isRange, text: isText },
  'deploykf/askAgent': { tool: isText },
  'deploykf/virtualText': uri,
  'deploykf/effectivePlace': { document: isText, ...uri, position: isPosition },
  'deploykf/overridden': uri,
  'deploykf/offerReports': uri,
  'deploykf/manifestImages': uri,
  'deploykf/imageStacks': { filter: isFilter },
  'deploykf/imageComponents': { stack: isText, filter: isFilter },
  'deploykf/imagePlace': { stack: isText },
  'deploykf/imageAt': { ...uri, position: isPosition },
  'deploykf/explainImage': { stack: isText },
  'deploykf/changeImages': {
    what: value => value === 'rewrite' || value === 'pin',
    images: listOf(value => isObject(value) && isText(value['stack'])),
  },
  'deploykf/findImage': { text: isText },
  'deploykf/ignoreFinding': { ...uri, code: isText, position: isPosition, reason: isText },
  'deploykf/exportMirror': { stack: isText, form: isText },
  'deploykf/verifyMirror': { stack: isText },
  'deploykf/rewrite': {
    ...uri,
    what: value => ['file', 'component', 'missing', 'fixAll', 'pins'].includes(String(value)),
    position: isPosition,
  },
  'deploykf/registryLayouts': { registry: isText, uri: absentOr(isText) },
  'deploykf/offerRewrite': uri,
  'deploykf/planRewrite': rewriteChoice,
  'deploykf/adoptRegistry': rewriteChoice,
  'deploykf/offerProjectFile': uri,
  'deploykf/createProjectFile': {
    ...uri,
    release: optional(isText),
    policy: value => value === 'none' || value === 'inferred' || isChoice(value),
    stacks: listOf(isStack),
  },
  'deploykf/offerPullSecret': {
    ...uri,
    registries: optional(listOf(isText)),
    name: optional(isText),
    namespace: optional(isText),
    others: absentOr(listOf(isText)),
  },
  'deploykf/writePullSecret': {
    target: isText,
    registries: listOf(isText),
    name: isText,
    namespace: isText,
    others: absentOr(listOf(isText)),
  },
  'deploykf/addPullSecret': { ...uri, name: isText, namespace: isText },
};

/** The name of the first parameter that is missing or has another shape than the protocol gives it. */
export function malformedParam(method: string, params: unknown): string | undefined {
  const given: Readonly<Record<string, unknown>> = isObject(params) ? params : {};
  return Object.entries(paramShapes[method] ?? {}).find(([name, test]) => !test(given[name]))?.[0];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(test: Test): Test {
  return value => Array.isArray(value) && value.every(test);
}

function absentOr(test: Test): Test {
  return value => value === undefined || test(value);
}

/** Without a value, also as JSON writes that. */
function optional(test: Test): Test {
  return value => value === undefined || value === null || test(value);
}

function isActionContext(value: unknown): boolean {
  return isObject(value) && listOf(isObject)(value['diagnostics']) && optional(listOf(isText))(value['only']);
}

function isChoice(value: unknown): boolean {
  return isObject(value) && isText(value['registry']) && isText(value['layout']);
}

function isFilter(value: unknown): boolean {
  return isObject(value) && ['registry', 'namespace', 'text'].every(name => optional(isText)(value[name]));
}

function isStack(value: unknown): boolean {
  if (!isObject(value) || !optional(isText)(value['release'])) return false;
  return isText(value['name']) && listOf(isText)(value['values']);
}
