import { exporters } from '../../core/mirror/exporters/index.ts';
import { REGISTRY_LAYOUTS } from '../../core/policy/presets.ts';
import { rules } from '../../core/rules/index.ts';
import { Catalogs } from '../../host/catalogs.ts';
import type { Command, RunCommand } from '../arguments/command.ts';
import { shells, type completionOptions } from '../arguments/commandOptions.ts';
import { bashScript } from '../completion/bash.ts';
import { completedCommands } from '../completion/completed.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';
import { exitCodes, fail } from '../io/io.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Prints the script that a shell completes these commands with. */
export function completionOf(commands: readonly Command[]): RunCommand<typeof completionOptions> {
  return ({ operands }, io) => {
    const [name, ...surplus] = operands;
    const shell = shells.find(known => known === name);
    if (shell === undefined || surplus.length > 0)
      return Promise.resolve(fail(io, `completion needs one shell: ${shells.join(', ')}`));
    const catalogs = new Catalogs();
    const { releases } = catalogs;
    const options = {
      only: rules.map(({ code }) => code),
      release: releases,
      export: exporters.map(exporter => exporter.name),
      layout: REGISTRY_LAYOUTS.map(({ id }) => id),
    };
    const known = { options, operands: { explain: imagePaths(catalogs), upgrade: releases } };
    io.stdout.writeData(scripts[shell](completedCommands(commands, known)));
    return Promise.resolve(exitCodes.clean);
  };
}

/** The image values of the newest release. Shells would take brackets for a pattern. */
function imagePaths(catalogs: Catalogs): readonly string[] {
  const images = catalogs.of(catalogs.newest)?.catalog.images ?? [];
  return images.map(({ path }) => path).filter(path => !path.includes('['));
}
