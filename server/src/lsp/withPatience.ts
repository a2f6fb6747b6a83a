/**
 * Settles as the work does, or resolves after some milliseconds; then `onLate` is called when it is done after all.
 */
export function withPatience(work: Promise<void>, milliseconds: number, onLate: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      resolve();
    }, milliseconds);
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      if (isLate) onLate();
      else settle();
    };
    work.then(
      () => finish(resolve),
      (error: unknown) => finish(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
  });
}
