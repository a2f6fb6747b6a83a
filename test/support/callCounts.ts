import { Session, type Profiler } from 'node:inspector';

/** How often each named function of this process is called while something runs, by name. */
export function countCalls(run: () => void): ReadonlyMap<string, number> {
  const counter = new Counter();
  try {
    run();
    return counter.counts();
  } finally {
    counter.end();
  }
}

/** The same for what takes turns. */
export async function countCallsAsync(run: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const counter = new Counter();
  try {
    await run();
    return counter.counts();
  } finally {
    counter.end();
  }
}

class Counter {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  }

  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    this.#session.post('Profiler.takePreciseCoverage', (_error, { result }) => addCalls(counts, result));
    return counts;
  }

  end(): void {
    this.#session.disconnect();
  }
}

function addCalls(counts: Map<string, number>, scripts: readonly Profiler.ScriptCoverage[]): void {
  for (const { functionName, ranges } of scripts.flatMap(script => script.functions)) {
    counts.set(functionName, (counts.get(functionName) ?? 0) + (ranges[0]?.count ?? 0));
  }
}
