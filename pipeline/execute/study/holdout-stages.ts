import { upstreamPorts } from '../../graph/define-pipeline.ts';
import type { Pipeline, Stage } from '../../graph/stage.ts';

/** The name that a port has whose rows no choice may be made on. */
const HOLDOUT = 'holdout';

function readsHoldout(stage: Stage): boolean {
  return upstreamPorts(stage).some(({ port }) => port.name === HOLDOUT);
}

/**
 * Stages that know something of the holdout, each with the port it has that from: those that read one, unless they only pass
 * it on (as a transformation of both parts does), and all that depend on these.
 */
export function findHoldoutStages(pipeline: Pipeline): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const stage of pipeline.stages) {
    const ports = upstreamPorts(stage).map(({ port }) => port);
    const own = readsHoldout(stage) && !(HOLDOUT in stage.outputs) ? ports.find(({ name }) => name === HOLDOUT) : undefined;
    const inherited = ports.map((port) => found.get(port.stage)).find((from) => from !== undefined);
    const from = own === undefined ? inherited : `${own.stage}.${own.name}`;
    if (from !== undefined) found.set(stage.name, from);
  }
  return found;
}

/** Whether a config key may vary between trials: not one of the stage that deals the holdout, but for how it deals the folds. */
export function isSpared(pipeline: Pipeline, [section, name, key = '']: readonly string[]): boolean {
  const stage = section === 'params' ? pipeline.stages.find((candidate) => candidate.name === name) : undefined;
  const deals = stage !== undefined && HOLDOUT in stage.outputs && !readsHoldout(stage);
  return !deals || key.startsWith('fold');
}
