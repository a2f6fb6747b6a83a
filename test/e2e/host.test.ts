import Mocha from 'mocha';
import { Session } from './harness/session.ts';

for (const host of ['node', 'web'] as const) {
  describe(`In the ${host} extension host`, () => {
    let session: Session | undefined;

    before(async function () {
      session = await Session.start({ fixture: 'workspace', host });
      const { passed, failed, skipped } = await session.runSuites();
      for (const title of passed) this.test?.parent?.addTest(new Mocha.Test(title, () => undefined));
      for (const title of skipped) this.test?.parent?.addTest(new Mocha.Test(title));
      for (const { title, error } of failed) {
        this.test?.parent?.addTest(
          new Mocha.Test(title, () => {
            throw new Error(error);
          }),
        );
      }
    });
    after(() => session?.stop());

    it('the suites run to their end', () => undefined);
  });
}
