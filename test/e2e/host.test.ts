import assert from 'node:assert/strict';
import { Session } from './harness/session.ts';

for (const host of ['node', 'web'] as const) {
  describe(`In the ${host} extension host`, () => {
    let session: Session | undefined;
    after(() => session?.stop());

    it('all suites pass', async () => {
      session = await Session.start({ fixture: 'workspace', host });
      const { passed, failed } = await session.runSuites();
      for (const title of passed) console.log(`      ✔ ${title}`);
      assert.deepEqual(failed, []);
    });
  });
}
