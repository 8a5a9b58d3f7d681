import { upstreamPorts } from '../../graph/define-pipeline.ts';
import type { Stage } from '../../graph/stage.ts';
import { type Budget, demandOf } from './machine-budget.ts';

export interface ScheduleOptions {
  /** In topological order. */
  readonly stages: readonly Stage[];
  /** Most stages at once. */
  readonly jobs: number;
  /** Shared out to the stages that run; one that wants all there is gets its turn alone. */
  readonly budget: Budget;
  /** Settles one stage, never throws. @returns whether new stages may still start */
  readonly settle: (stage: Stage) => Promise<boolean>;
  /** Called for a stage that never started because an earlier failure stopped the run. */
  readonly skip: (stage: Stage) => void;
}

/** Starts each stage when all it takes from others has settled, as many at once as jobs, processors and memory allow. */
export async function schedule({ stages, jobs, budget, settle, skip }: ScheduleOptions): Promise<void> {
  const waiting = new Set(stages);
  const running = new Map<Stage, Promise<void>>();
  const names = new Set(stages.map((stage) => stage.name));
  const settled = new Set<string>();
  let open = true;
  const isReady = (stage: Stage): boolean => upstreamPorts(stage).every(({ port }) => !names.has(port.stage) || settled.has(port.stage));
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
    if (open)
      for (const stage of waiting)
        if (isReady(stage) && running.size < Math.max(1, jobs) && fits(stage, [...running.keys()], budget)) start(stage);
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  for (const stage of stages) if (waiting.has(stage)) skip(stage);
}

function fits(stage: Stage, running: readonly Stage[], budget: Budget): boolean {
  const demands = [stage, ...running].map((each) => demandOf(each, budget));
  const sum = (of: keyof Budget): number => demands.reduce((total, demand) => total + demand[of], 0);
  return running.length === 0 || (sum('cpus') <= budget.cpus && sum('memoryMb') <= budget.memoryMb);
}
