/** In milliseconds: what takes longer to find comes later, so that it does not hold up the open file. */
export const patience = 1500;

/**
 * Settles as the work does, or resolves to `undefined` after some milliseconds; then `onLate` is called when it is done
 * after all, with its result, if it has one.
 */
export function withPatience<T>(
  work: Promise<T>,
  milliseconds: number,
  onLate: (result: T | undefined) => void,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      resolve(undefined);
    }, milliseconds);
    const finish = (settle: () => void, result?: T): void => {
      clearTimeout(timer);
      if (isLate) onLate(result);
      else settle();
    };
    work.then(
      result => finish(() => resolve(result), result),
      (error: unknown) => finish(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
  });
}
