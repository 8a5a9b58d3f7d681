import { digestFolder } from '../fingerprint/folder-digest.ts';
import type { FolderSource } from '../graph/port.ts';
import type { Stage } from '../graph/stage.ts';
import type { Workspace } from './project/workspace.ts';

/** Asks each source of the stages that can tell whether its files are right, once. @throws what the source's check throws, or SOURCE_MISSING */
export async function checkSources({ config, project, stats }: Workspace, stages: readonly Stage[]): Promise<void> {
  const sources = new Set<FolderSource>();
  for (const input of stages.flatMap((stage) => Object.values(stage.inputs))) if (input.type === 'folder') sources.add(input);
  for (const source of sources) {
    if (source.check === undefined) continue;
    const { folder, files } = await digestFolder(source, config, project.dir, stats);
    if (folder !== null) source.check(Object.values(files), config);
  }
}
