/** The user that owns nothing, on every Unix. */
const nobody = 65_534;

/** Does something without the rights of root, where the tests have them: root may read every file. */
export async function asNobody(work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(nobody);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}
