import type { Exporter } from './exporter.ts';
import { mappedCharts, unmappedCharts } from './mappedCharts.ts';
import { shellScript } from './script.ts';

/** A shell script that copies the Helm charts to an OCI registry. Their values are what `chart-values` writes. */
export const chartScript: Exporter = {
  name: 'charts',
  summary: 'a shell script that copies the Helm charts to an OCI registry',
  language: 'shellscript',
  withoutPlannedImages: true,
  write: plan => {
    const mapped = mappedCharts(plan);
    if ('kind' in mapped) return mapped;
    return shellScript({
      program: 'helm',
      name: 'charts',
      what: 'charts',
      header: [
        `The ${mapped.length} Helm charts that deployKF ${plan.release} fetches and the registry policy maps.`,
        ...unmappedCharts(plan),
        'The values that use them are written by --export chart-values. Log in with "helm registry login".',
        'They are packaged anew: a version such as v1.2.3 would not be found in an OCI registry.',
      ],
      before: [],
      // Helm leaves an empty folder beside what it unpacks, which is called as the archive was.
      body: [
        'work=$(mktemp -d) || return 1',
        'case $1 in',
        '  oci://*) helm pull "$1/$2" --version "$3" --untar --untardir "$work/from" ;;',
        '  *) helm pull "$2" --repo "$1" --version "$3" --untar --untardir "$work/from" ;;',
        'esac &&',
        '  mkdir -- "$work/to" &&',
        '  helm package "$work/from/$2" --version "$4" --destination "$work/to" &&',
        '  helm push "$work/to/$2-$4.tgz" "$5"',
        'code=$?',
        'rm -rf -- "$work"',
        'return "$code"',
      ],
      calls: mapped.map(({ chart, target, version }) => [
        chart.repository.replace(/\/$/, ''),
        chart.name,
        chart.version,
        version,
        target,
      ]),
      notes: unmappedCharts(plan),
      variant: undefined,
    });
  },
};
