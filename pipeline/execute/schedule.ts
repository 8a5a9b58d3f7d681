import type { Stage } from '../graph/stage.ts';
import { upstreamPorts } from '../graph/define-pipeline.ts';
import { cpusOf } from './execute-stage.ts';

export interface ScheduleOptions {
  /** In topological order. */
  readonly stages: readonly Stage[];
  /** Most stages at once. */
  readonly jobs: number;
  /** Processors to share out; a stage that wants more than there are gets its turn alone. */
  readonly cpus: number;
  /** Settles one stage, never throws. @returns whether new stages may still start */
  readonly settle: (stage: Stage) => Promise<boolean>;
  /** Called for a stage that never started because an earlier failure stopped the run. */
  readonly skip: (stage: Stage) => void;
}

/** Starts each stage when all it takes from others has settled, as many at once as jobs and processors allow. */
export async function schedule({ stages, jobs, cpus, settle, skip }: ScheduleOptions): Promise<void> {
  const waiting = new Set(stages);
  const running = new Map<Stage, Promise<void>>();
  const names = new Set(stages.map((stage) => stage.name));
  const settled = new Set<string>();
  let open = true;
  const isReady = (stage: Stage): boolean => upstreamPorts(stage).every(({ port }) => !names.has(port.stage) || settled.has(port.stage));
  const fits = (stage: Stage): boolean => {
    const used = [...running.keys()].reduce((sum, other) => sum + cpusOf(other), 0);
    return running.size === 0 || (running.size < jobs && used + cpusOf(stage) <= cpus);
  };
  const start = (stage: Stage): void => {
    waiting.delete(stage);
    const work = settle(stage).then((goOn) => {
      open &&= goOn;
      settled.add(stage.name);
      running.delete(stage);
    });
    running.set(stage, work);
  };
  for (;;) {
    if (open) for (const stage of waiting) if (isReady(stage) && fits(stage)) start(stage);
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  for (const stage of stages) if (waiting.has(stage)) skip(stage);
}
