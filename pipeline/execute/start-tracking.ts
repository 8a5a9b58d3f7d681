import { join } from 'node:path';
import type { EventBody } from '../events/event.ts';
import type { TrackingTarget } from '../graph/stage-body.ts';
import type { Project } from './project.ts';
import type { ConfigValues } from './workspace.ts';

/** placeholder until the server lifecycle lands */
export async function startTracking(project: Project, _config: ConfigValues, _emit: (event: EventBody) => void): Promise<TrackingTarget> {
  return { uri: 'http://127.0.0.1:5000', experiment: 'credit-scoring', outbox: join(project.artifactsDir, 'outbox') };
}
