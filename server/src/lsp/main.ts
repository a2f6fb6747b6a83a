// The language server in Node and in a web worker; what each needs is loaded only there.
void (typeof importScripts === 'function' ? import('./main.browser.ts') : import('./main.node.ts'));
