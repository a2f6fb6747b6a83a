import assert from 'node:assert/strict';
import { Progress } from '../../../server/src/cli/io/progress.ts';
import { CliWorkspace } from '../../support/cli.ts';

describe('progress', () => {
  let time = 0;
  let shown: string[] = [];
  const output = { showProgress: (text: string) => void shown.push(text) };
  const start = (): Progress => {
    shown = [];
    time = 0;
    return new Progress(output, () => time);
  };

  it('is shown after a second, not too often, and removed', () => {
    const progress = start();
    for (time = 0; time <= 1250; time += 50) progress.show(`${time}`);
    progress.end();
    progress.end();
    assert.deepEqual(shown, ['1000', '1100', '1200', '']);
  });

  it('is not shown of short work', () => {
    const progress = start();
    time = 999;
    progress.show('1 of 2 files');
    progress.end();
    assert.deepEqual(shown, []);
  });

  it('is on a terminal alone, and of check and fix unless they are quiet', async () => {
    const workspace = new CliWorkspace({ 'a.yaml': 'deploykf_core: {}\n' });
    const real = performance.now.bind(performance);
    try {
      performance.now = () => (time += 1000);
      const progressOf = async (argv: readonly string[], columns?: number): Promise<boolean> => {
        const { stderr } = await workspace.run([...argv, 'a.yaml'], columns === undefined ? {} : { columns });
        return stderr.includes('1 of 1 files');
      };
      assert.equal(await progressOf(['check'], 80), true);
      assert.equal(await progressOf(['fix', '--dry-run'], 80), true);
      assert.equal(await progressOf(['check', '--quiet'], 80), false);
      assert.equal(await progressOf(['check']), false);
    } finally {
      performance.now = real;
      workspace.remove();
    }
  });
});
