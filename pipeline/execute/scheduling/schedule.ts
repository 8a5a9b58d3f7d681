import { upstreamPorts } from '../../graph/define-pipeline.ts';
import type { Stage } from '../../graph/stage.ts';
import { type Budget, demandOf } from './machine-budget.ts';

export interface ScheduleOptions {
  /** In topological order. */
  readonly stages: readonly Stage[];
  /** Most bodies at once. */
  readonly jobs: number;
  /** Shared out to the stages whose bodies run; one that wants all there is gets its turn alone. */
  readonly budget: Budget;
  /**
   * Settles one stage, never throws.
   * @param release to be called when its body has ended and what it made is still to be committed: another may start
   * @returns whether new stages may still start
   */
  readonly settle: (stage: Stage, release: () => void) => Promise<boolean>;
  /** Called for a stage that never started because an earlier failure stopped the run. */
  readonly skip: (stage: Stage) => void;
}

/** Starts each stage when all it takes from others has settled, as many at once as jobs, processors and memory allow. */
export async function schedule({ stages, jobs, budget, settle, skip }: ScheduleOptions): Promise<void> {
  const most = Math.max(1, jobs);
  const queue = new StageQueue(stages);
  /** Those whose bodies run, and all that have not settled. */
  const [busy, running] = [new Set<Stage>(), new Set<Stage>()];
  let open = true;
  let wake = (): void => {};
  let fail = (_error: unknown): void => {};
  const start = (stage: Stage): void => {
    queue.take(stage);
    busy.add(stage);
    running.add(stage);
    const release = (): void => {
      if (busy.delete(stage)) wake();
    };
    settle(stage, release)
      .then((goOn) => {
        open &&= goOn;
        queue.settled(stage);
        running.delete(stage);
        busy.delete(stage);
        wake();
      })
      .catch((error: unknown) => fail(error));
  };
  for (;;) {
    const woken = new Promise<void>((resolve, reject) => ([wake, fail] = [resolve, reject]));
    for (const stage of open ? queue.ready() : []) {
      // What is being committed waits for the disk: as many again may do that.
      if (busy.size >= most || running.size >= 2 * most) break;
      if (fits(stage, busy, budget)) start(stage);
    }
    if (running.size === 0) break;
    await woken;
  }
  for (const stage of queue.left()) skip(stage);
}

/** Which stages wait, and for how many others. */
class StageQueue {
  readonly #waitsFor = new Map<Stage, number>();
  readonly #dependants = new Map<string, Stage[]>();

  constructor(stages: readonly Stage[]) {
    for (const { name } of stages) this.#dependants.set(name, []);
    for (const stage of stages) {
      const upstream = [...new Set(upstreamPorts(stage).map(({ port }) => port.stage))].filter((name) => this.#dependants.has(name));
      for (const name of upstream) this.#dependants.get(name)?.push(stage);
      this.#waitsFor.set(stage, upstream.length);
    }
  }

  /** Those that wait for nothing, in the order of the graph. */
  ready(): readonly Stage[] {
    return [...this.#waitsFor].flatMap(([stage, count]) => (count === 0 ? [stage] : []));
  }

  take(stage: Stage): void {
    this.#waitsFor.delete(stage);
  }

  settled({ name }: Stage): void {
    for (const stage of this.#dependants.get(name) ?? []) this.#waitsFor.set(stage, (this.#waitsFor.get(stage) ?? 1) - 1);
  }

  left(): readonly Stage[] {
    return [...this.#waitsFor.keys()];
  }
}

function fits(stage: Stage, busy: ReadonlySet<Stage>, budget: Budget): boolean {
  // An effect waits for a server most of the time: what it declares says how many threads it may use, not what others have to do without.
  const demands = [stage, ...busy].map((each) => ({ ...demandOf(each, budget), ...(each.kind === 'effect' && { cpus: 0 }) }));
  const sum = (of: keyof Budget): number => demands.reduce((total, demand) => total + demand[of], 0);
  return busy.size === 0 || (sum('cpus') <= budget.cpus && sum('memoryMb') <= budget.memoryMb);
}
