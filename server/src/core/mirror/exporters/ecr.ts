import { copyPairs, headerLines, isExported, refused, type Exporter } from './exporter.ts';
import { hostOf, pathOf } from './places.ts';
import { shellScript } from './script.ts';

const host = /^(?<account>\d+)\.dkr\.ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;

/** A shell script that makes the repositories of Amazon ECR, which refuses what is pushed to one that does not exist. */
export const ecr: Exporter = {
  name: 'ecr',
  summary: 'a shell script that makes the repositories of Amazon ECR',
  language: 'shellscript',
  write: plan => {
    const pairs = copyPairs(plan);
    if (isExported(pairs)) return pairs;
    const calls = new Map<string, readonly string[]>();
    for (const { target } of pairs) {
      const { account, region } = host.exec(hostOf(target))?.groups ?? {};
      const path = pathOf(target);
      if (account !== undefined && region !== undefined)
        calls.set(`${hostOf(target)}/${path}`, [account, region, path]);
    }
    if (calls.size === 0) return refused('no target is in Amazon ECR, where alone this makes repositories');
    return shellScript({
      program: 'aws',
      name: 'ecr',
      what: 'repositories',
      header: [
        ...headerLines(plan),
        'Makes the repositories for them; run it before the images are copied. Logins are those of the AWS CLI.',
      ],
      before: ['AWS_PAGER=', 'export AWS_PAGER'],
      body: [
        'aws ecr describe-repositories --registry-id "$1" --region "$2" --repository-names "$3" >/dev/null 2>&1 ||',
        '  aws ecr create-repository --registry-id "$1" --region "$2" --repository-name "$3"',
      ],
      calls: [...calls.values()],
      variant: undefined,
    });
  },
};
