import { SluiceError } from '../errors/sluice-error.ts';
import { digestFolder } from '../fingerprint/folder-digest.ts';
import type { Work } from './find-work.ts';
import type { Workspace } from './project/workspace.ts';

/**
 * What a body made of files that changed while it read them is the work of neither state: it must not stand for the one that was hashed.
 * An unchanged file is not read again.
 * @throws SluiceError STAGE_FAILED naming the input and the files
 */
export async function refuseMovedInputs({ project, config, stats }: Workspace, { stage, folders }: Work): Promise<void> {
  for (const [name, input] of Object.entries(stage.inputs)) {
    const before = folders[name];
    if (input.type !== 'folder' || before === undefined) continue;
    const now = await digestFolder(input, config, project.dir, stats);
    if (now.digest === before.digest) continue;
    const files = [...new Set([...Object.keys(before.entries), ...Object.keys(now.entries)])].filter(
      (file) => before.entries[file] !== now.entries[file],
    );
    throw new SluiceError('STAGE_FAILED', `input "${name}" of stage "${stage.name}" changed while the stage ran: ${files.join(', ')}`, {
      stage: stage.name,
      hint: 'Run again, once nothing writes there.',
    });
  }
}
