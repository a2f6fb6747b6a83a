import { projectSchema } from '../../core/report/projectSchema.ts';
import { valuesSchema } from '../../core/report/valuesSchema.ts';
import { Catalogs } from '../../host/catalogs.ts';
import { plainRelease } from '../../core/catalog/release.ts';
import type { RunCommand } from '../arguments/command.ts';
import type { schemaOptions } from '../arguments/commandOptions.ts';
import { exitCodes, fail } from '../io/io.ts';
import { writeJson } from '../io/jsonIo.ts';

/** Prints the JSON Schema of the values of a release, or of the project file. */
export const runSchema: RunCommand<typeof schemaOptions> = ({ release, project, operands }, io) => {
  const [surplus] = operands;
  if (surplus !== undefined)
    return Promise.resolve(fail(io, `"${surplus}" is too much: schema reads no files`));
  if (project && release !== undefined)
    return Promise.resolve(
      fail(io, '--project and --release cannot be combined: it is the same for all releases'),
    );
  const catalogs = new Catalogs();
  if (project) {
    writeJson(io, projectSchema(catalogs.releases.toReversed()));
    return Promise.resolve(exitCodes.clean);
  }
  const wanted = release ?? catalogs.newest;
  const catalog = catalogs.of(plainRelease(wanted));
  if (catalog === undefined) {
    const known = catalogs.releases.join(', ');
    return Promise.resolve(fail(io, `the release "${wanted}" is not known: known releases are ${known}`));
  }
  writeJson(io, valuesSchema({ catalog: catalog.catalog, isFreeForm: path => catalog.isFreeForm(path) }));
  return Promise.resolve(exitCodes.clean);
};
