import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isSluiceError } from '../../errors/sluice-error.ts';
import { readEverything } from '../../store/file-store.ts';
import { toStoreError } from '../../store/store-error.ts';
import { provenPath } from '../answers/artifact-path.ts';
import type { Project } from '../project/project.ts';
import { reportsDir, runOutputs } from './run-outputs.ts';
import type { RunRecord } from './run-record.ts';

export interface ExportedReport {
  readonly stage: string;
  readonly port: string;
  readonly path: string;
}

/**
 * Copies the HTML reports of a run out of the store: `reports/<run>/<stage>.html`, or `<stage>-<port>.html` where a stage has several.
 * @throws SluiceError STORE_READ_ONLY, STORE_DISK_FULL, STORE_CORRUPT
 */
export async function exportReports(project: Project, record: RunRecord): Promise<readonly ExportedReport[]> {
  const reports = (await runOutputs(project, record)).filter((output) => output.artifact.kind === 'report');
  const exported: ExportedReport[] = [];
  for (const { stage, port, artifact } of reports) {
    const several = reports.filter((other) => other.stage === stage).length > 1;
    const target = join(reportsDir(project, record.id), `${stage}${several ? `-${port}` : ''}.html`);
    try {
      const path = await provenPath(project, { name: `${stage}.${port}`, stage, artifact }, readEverything);
      await mkdir(reportsDir(project, record.id), { recursive: true });
      await rm(target, { force: true });
      await copyFile(path, target);
    } catch (error) {
      if (isSluiceError(error) && error.code === 'ARTIFACT_MISSING') continue;
      throw toStoreError(error, target);
    }
    exported.push({ stage, port, path: target });
  }
  return exported;
}
