import { join } from 'node:path';
import type { Project } from '../project/project.ts';

/** Where a run's record lies: `<artifacts>/runs/<id>`. */
export function runDir(project: Pick<Project, 'artifactsDir'>, id: string): string {
  return join(project.artifactsDir, 'runs', id);
}
