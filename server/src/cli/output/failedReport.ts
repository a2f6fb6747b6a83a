import { posix } from 'node:path';
import { githubProblem } from '../../core/report/githubText.ts';
import { gitlabJson } from '../../core/report/gitlabJson.ts';
import { schema } from '../../core/report/json.ts';
import { junitXml } from '../../core/report/junitXml.ts';
import { sarifLog } from '../../core/report/sarif.ts';
import { Snapshot } from '../../core/workspace/snapshot.ts';
import { Catalogs } from '../../host/catalogs.ts';
import { version } from '../../host/version.ts';
import type { Io } from '../io/io.ts';
import type { FailedFormat } from '../io/failingRun.ts';
import { jsonText } from '../io/jsonIo.ts';
import { reportFolder } from './reportFolder.ts';

/** What a program reads of a command that could not run, and of nothing else. `complaints`: why, at least one. */
export async function failedReport(
  io: Io,
  format: FailedFormat,
  complaints: readonly string[],
): Promise<string> {
  const report = { files: [], checked: 0, problems: complaints };
  switch (format) {
    case 'json':
      return jsonText({ schema, error: { message: complaints.join('\n') } });
    case 'github': {
      const folder = await reportFolder(io, format);
      return complaints.map(complaint => githubComplaint(complaint, folder)).join('');
    }
    case 'gitlab':
      return jsonText(gitlabJson(report));
    case 'junit':
      return junitXml(report, { fails: () => true });
    case 'sarif': {
      const snapshot = Snapshot.of({ catalogs: new Catalogs(), folders: [], files: new Map() });
      return jsonText(sarifLog(report, { snapshot, pathOf: uri => uri, version }));
    }
  }
}

/** What is wrong in a project file begins with its place. */
function githubComplaint(complaint: string, folder: string): string {
  const [, path, line, column, message] = /^(.+?):(\d+):(\d+): (.*)$/s.exec(complaint) ?? [];
  if (path === undefined || message === undefined) return githubProblem(complaint);
  const place = { path: posix.join(folder, path), line: Number(line), column: Number(column) };
  return githubProblem(message, place);
}
