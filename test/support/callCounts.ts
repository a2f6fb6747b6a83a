import { Session, type Profiler } from 'node:inspector';

/** How often each named function of this process is called while something runs, by name. */
export function countCalls(run: () => void): ReadonlyMap<string, number> {
  const session = new Session();
  session.connect();
  const counts = new Map<string, number>();
  try {
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    run();
    session.post('Profiler.takePreciseCoverage', (_error, { result }) => addCalls(counts, result));
  } finally {
    session.disconnect();
  }
  return counts;
}

function addCalls(counts: Map<string, number>, scripts: readonly Profiler.ScriptCoverage[]): void {
  for (const { functionName, ranges } of scripts.flatMap(script => script.functions)) {
    counts.set(functionName, (counts.get(functionName) ?? 0) + (ranges[0]?.count ?? 0));
  }
}
