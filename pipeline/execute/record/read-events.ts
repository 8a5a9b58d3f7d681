import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SluiceEvent } from '../../events/event.ts';
import type { Project } from '../project/project.ts';
import { runDir } from './run-dir.ts';

/** The events of a run that can be read; a line cut off by a kill is left out, a run without any has none. */
export async function readEvents(project: Project, run: string): Promise<readonly SluiceEvent[]> {
  const text = await readFile(join(runDir(project, run), 'events.ndjson'), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line): SluiceEvent[] => {
    try {
      return line === '' ? [] : [JSON.parse(line) as SluiceEvent];
    } catch {
      return [];
    }
  });
}
