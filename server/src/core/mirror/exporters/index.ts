import { chartScript } from './chartScript.ts';
import { chartValues } from './chartValues.ts';
import { containerd } from './containerd.ts';
import { crane } from './crane.ts';
import { csv } from './csv.ts';
import { docker } from './docker.ts';
import { ecr } from './ecr.ts';
import type { Exporter } from './exporter.ts';
import { hauler } from './hauler.ts';
import { idms } from './idms.ts';
import { imageSyncer } from './imageSyncer.ts';
import { imgpkg } from './imgpkg.ts';
import { itms } from './itms.ts';
import { json } from './json.ts';
import { kyverno } from './kyverno.ts';
import { list } from './list.ts';
import { ocMirror } from './ocMirror.ts';
import { oras } from './oras.ts';
import { plugin } from './plugin.ts';
import { registriesConf } from './registriesConf.ts';
import { regctl } from './regctl.ts';
import { regsync } from './regsync.ts';
import { renovate } from './renovate.ts';
import { skopeo } from './skopeo.ts';
import { skopeoSync } from './skopeoSync.ts';
import { zarf } from './zarf.ts';

/** Every form that a plan can be written in, in the order of the help. */
export const exporters: readonly Exporter[] = [
  list,
  json,
  csv,
  skopeo,
  skopeoSync,
  crane,
  regctl,
  regsync,
  oras,
  docker,
  imageSyncer,
  hauler,
  zarf,
  ocMirror,
  itms,
  idms,
  imgpkg,
  ecr,
  containerd,
  registriesConf,
  kyverno,
  renovate,
  chartScript,
  chartValues,
  plugin,
];
