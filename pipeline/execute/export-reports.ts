import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toStoreError } from '../store/store-error.ts';
import type { Project } from './project.ts';
import { reportsDir, runOutputs } from './run-outputs.ts';
import type { RunRecord } from './run-record.ts';

export interface ExportedReport {
  readonly stage: string;
  readonly port: string;
  readonly path: string;
}

/**
 * Copies the HTML reports of a run out of the store: `reports/<run>/<stage>.html`, or `<stage>-<port>.html` where a stage has several.
 * @throws SluiceError STORE_READ_ONLY, STORE_DISK_FULL
 */
export async function exportReports(project: Project, record: RunRecord): Promise<readonly ExportedReport[]> {
  const reports = (await runOutputs(project, record)).filter((output) => output.artifact.kind === 'report');
  const exported: ExportedReport[] = [];
  for (const { stage, port, path } of reports) {
    const several = reports.filter((other) => other.stage === stage).length > 1;
    const target = join(reportsDir(project, record.id), `${stage}${several ? `-${port}` : ''}.html`);
    try {
      await mkdir(reportsDir(project, record.id), { recursive: true });
      await rm(target, { force: true });
      await copyFile(path, target);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') continue;
      throw toStoreError(error, target);
    }
    exported.push({ stage, port, path: target });
  }
  return exported;
}
