import { upstreamPorts } from '../graph/define-pipeline.ts';
import type { Stage } from '../graph/stage.ts';
import type { Change } from './change.ts';

/** Says of each input that changed from which port it comes. */
export function namePorts(changes: readonly Change[], stage: Stage): readonly Change[] {
  const ports = new Map(upstreamPorts(stage).map(({ input, port }) => [input, `${port.stage}.${port.name}`]));
  return changes.map((change) => (change.kind === 'input' ? { ...change, from: ports.get(change.input) ?? null } : change));
}
