import 'mocha/mocha.js';

/** What the harness reads from the console. */
interface Results {
  readonly passed: string[];
  readonly failed: { readonly title: string; readonly error: string }[];
  readonly skipped: string[];
}

/** Called by VS Code in the extension host. The browser build of mocha runs in Node as well as in a web worker. */
export async function run(): Promise<void> {
  console.log(`deploykf-e2e-results ${JSON.stringify(await runSuites())}`);
}

async function runSuites(): Promise<Results> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, reporter: Mocha.reporters.Base });
  mocha.suite.emit('pre-require', globalThis, undefined, mocha);
  await import('./activation.suite.ts');
  await import('./findings.suite.ts');
  await import('./commands.suite.ts');
  await import('./stacks.suite.ts');
  await import('./reports.suite.ts');
  await import('./agentTools.suite.ts');
  // In a browser it is a worker of the page, which nobody can kill from here.
  if (typeof importScripts !== 'function') await import('./killedServer.suite.ts');
  const results: Results = { passed: [], failed: [], skipped: [] };
  await new Promise<void>(resolve => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', test => results.passed.push(test.fullTitle()));
    runner.on('fail', (test, error: Error) => {
      results.failed.push({ title: test.fullTitle(), error: error.stack ?? error.message });
    });
    runner.on('pending', test => results.skipped.push(test.fullTitle()));
  });
  return results;
}
