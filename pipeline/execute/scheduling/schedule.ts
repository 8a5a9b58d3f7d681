import { upstreamPorts } from '../../graph/define-pipeline.ts';
import type { Stage } from '../../graph/stage.ts';
import { type Budget, demandOf } from './machine-budget.ts';

/** A stage's right to run its body. */
export interface Seat {
  /** Waits until jobs, processors and memory allow the body to run. @returns false when nothing may start any more */
  readonly take: () => Promise<boolean>;
  /** The body has ended, and what it made is still to be committed: another may run. */
  readonly release: () => void;
}

export interface ScheduleOptions {
  /** In topological order. */
  readonly stages: readonly Stage[];
  /** Most bodies at once. */
  readonly jobs: number;
  /** Shared out to the stages whose bodies run; one that wants all there is gets its turn alone. */
  readonly budget: Budget;
  /**
   * Settles one stage, never throws. Called while others run, so that all is ready by the time that there is a seat.
   * @returns whether new bodies may still start
   */
  readonly settle: (stage: Stage, seat: Seat) => Promise<boolean>;
  /** Called for a stage that never started because an earlier failure stopped the run. */
  readonly skip: (stage: Stage) => void;
}

/** Starts each stage when all it takes from others has settled, and runs as many bodies at once as jobs, processors and memory allow. */
export async function schedule(options: ScheduleOptions): Promise<void> {
  const queue = new StageQueue(options.stages);
  const seats = new Seats(options);
  for (;;) {
    const woken = seats.woken();
    while (seats.mayPrepare()) {
      const stage = queue.take();
      if (stage === null) break;
      seats.start(stage, () => queue.settled(stage));
    }
    seats.share();
    if (seats.isEmpty()) break;
    await woken;
  }
  for (const stage of queue.left()) options.skip(stage);
}

/** What a stage that was started does; one that waits for its seat is told there whether it may run. */
type Step =
  | { readonly at: 'preparing' | 'running' | 'committing' }
  | { readonly at: 'waiting'; readonly answer: (mayRun: boolean) => void };

/** Gives seats to stages that were started and have not settled. */
class Seats {
  readonly #options: ScheduleOptions;
  readonly #most: number;
  /** In the order in which they were started. */
  readonly #steps = new Map<Stage, Step>();
  #open = true;
  #wake = (): void => {};
  #fail = (_error: unknown): void => {};

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#most = Math.max(1, options.jobs);
  }

  /** Resolves when something has changed; rejects with what went wrong in here. */
  woken(): Promise<void> {
    return new Promise((resolve, reject) => ([this.#wake, this.#fail] = [resolve, reject]));
  }

  /** As many as may run at once may get ready for it, and one more: on a busy disk the engine is late with its orders. */
  mayPrepare(): boolean {
    return this.#open && this.#those('preparing', 'waiting').length <= this.#most;
  }

  isEmpty(): boolean {
    return this.#steps.size === 0;
  }

  start(stage: Stage, onEnd: () => void): void {
    this.#steps.set(stage, { at: 'preparing' });
    const take = (): Promise<boolean> =>
      new Promise((answer) => {
        this.#steps.set(stage, { at: 'waiting', answer });
        this.#wake();
      });
    const release = (): void => {
      if (this.#steps.get(stage)?.at !== 'running') return;
      this.#steps.set(stage, { at: 'committing' });
      this.#wake();
    };
    this.#options
      .settle(stage, { take, release })
      .then((goOn) => {
        this.#open &&= goOn;
        this.#steps.delete(stage);
        onEnd();
        this.#wake();
      })
      .catch((error: unknown) => this.#fail(error));
  }

  /** Gives seats to those who wait, in turn: what does not fit lets a smaller one go first. */
  share(): void {
    for (const [stage, step] of this.#steps) {
      if (step.at !== 'waiting' || (this.#open && !this.#fits(stage))) continue;
      this.#steps.set(stage, { at: this.#open ? 'running' : 'committing' }); // one that may not run has only its end to tell
      step.answer(this.#open);
    }
  }

  #fits(stage: Stage): boolean {
    // What is being committed waits for the disk: as many again may do that.
    const running = this.#those('running');
    if (running.length >= this.#most || running.length + this.#those('committing').length >= 2 * this.#most) return false;
    return fits(stage, running, this.#options.budget);
  }

  #those(...at: readonly Step['at'][]): readonly Stage[] {
    return [...this.#steps].flatMap(([stage, step]) => (at.includes(step.at) ? [stage] : []));
  }
}

/** Which stages wait, and for how many others. */
class StageQueue {
  /** Those that were not taken, in the order of the graph. */
  readonly #left: Set<Stage>;
  readonly #waitsFor = new Map<Stage, number>();
  readonly #dependants = new Map<string, Stage[]>();
  readonly #places: ReadonlyMap<Stage, number>;
  /** Those of them that wait for nothing, in that order too. */
  readonly #ready: Stage[];

  constructor(stages: readonly Stage[]) {
    this.#left = new Set(stages);
    this.#places = new Map(stages.map((stage, place) => [stage, place]));
    for (const { name } of stages) this.#dependants.set(name, []);
    for (const stage of stages) {
      const upstream = [...new Set(upstreamPorts(stage).map(({ port }) => port.stage))].filter((name) => this.#dependants.has(name));
      for (const name of upstream) this.#dependants.get(name)?.push(stage);
      this.#waitsFor.set(stage, upstream.length);
    }
    this.#ready = stages.filter((stage) => this.#waitsFor.get(stage) === 0);
  }

  /** Takes the first, in the order of the graph, of those that wait for nothing. */
  take(): Stage | null {
    const stage = this.#ready.shift() ?? null;
    if (stage !== null) this.#left.delete(stage);
    return stage;
  }

  settled({ name }: Stage): void {
    for (const stage of this.#dependants.get(name) ?? []) {
      const count = (this.#waitsFor.get(stage) ?? 1) - 1;
      this.#waitsFor.set(stage, count);
      if (count === 0) this.#insert(stage);
    }
  }

  left(): readonly Stage[] {
    return [...this.#left];
  }

  #insert(stage: Stage): void {
    const place = this.#places.get(stage) ?? 0;
    const after = this.#ready.findIndex((other) => (this.#places.get(other) ?? 0) > place);
    this.#ready.splice(after < 0 ? this.#ready.length : after, 0, stage);
  }
}

function fits(stage: Stage, running: readonly Stage[], budget: Budget): boolean {
  // An effect waits for a server most of the time: what it declares says how many threads it may use, not what others have to do without.
  const demands = [stage, ...running].map((each) => ({ ...demandOf(each, budget), ...(each.kind === 'effect' && { cpus: 0 }) }));
  const sum = (of: keyof Budget): number => demands.reduce((total, demand) => total + demand[of], 0);
  return running.length === 0 || (sum('cpus') <= budget.cpus && sum('memoryMb') <= budget.memoryMb);
}
