import { type SluiceError, toSluiceError } from '../../errors/sluice-error.ts';
import type { EventSink } from '../../events/event.ts';
import { digestOfJson } from '../../fingerprint/digest.ts';
import { withProcessLock } from '../../tracking/process/process-lock.ts';
import { assertNever } from '../../util/assert-never.ts';
import { metricOf } from './metric-name.ts';
import type { PlannedStudy } from './plan-study.ts';
import { runTrial, stillHolds } from './run-trial.ts';
import {
  appendLine,
  type HeadLine,
  journalPath,
  openStudyJournal,
  type ResultLine,
  type StudyJournal,
  type TrialLine,
} from './study-journal.ts';
import { halvingBudgets, type Overrides, type Point } from './study-points.ts';
import type { StudyFile } from './read-study.ts';
import { meanOf, tabulate } from './tabulate.ts';
import { proposePoint } from './tpe.ts';

/** One point at one rung: a trial for each value of `repeat`. */
export interface FinishedPoint {
  readonly point: Point;
  readonly trials: readonly TrialLine[];
}

export interface FailedPoint {
  readonly label: string;
  readonly error: SluiceError;
}

export type StudyEvent =
  | { readonly type: 'trial'; readonly how: 'ran' | 'kept'; readonly done: number; readonly total: number; readonly trial: TrialLine }
  | { readonly type: 'failed'; readonly done: number; readonly total: number; readonly label: string; readonly error: SluiceError }
  | { readonly type: 'rung'; readonly budget: number; readonly points: number };

export interface RunStudyOptions {
  readonly planned: PlannedStudy;
  readonly jobs: number | undefined;
  readonly sink: EventSink;
  readonly signal: AbortSignal;
  /** Resolves before the next trial begins. */
  readonly onEvent: (event: StudyEvent, journal: StudyJournal) => Promise<void>;
}

export interface StudyOutcome {
  readonly journal: StudyJournal;
  /** Null where it was interrupted. */
  readonly result: ResultLine | null;
  readonly failed: readonly FailedPoint[];
}

/**
 * Runs what a study declares and its journal does not hold yet, and keeps each trial before the next begins.
 * @throws SluiceError LOCK_TIMEOUT where the same study is being run
 */
export async function runStudy(options: RunStudyOptions): Promise<StudyOutcome> {
  const { project, file, variant } = options.planned;
  const path = journalPath(project, file.name, variant);
  return withProcessLock(`${path}.lock`, { what: `study ${file.name}@${variant}`, waitMs: 2000 }, () => runLocked(options));
}

async function runLocked(options: RunStudyOptions): Promise<StudyOutcome> {
  const journal = await openStudyJournal(options.planned.project, headOf(options.planned));
  const session = new Session(options, journal);
  const finished = await search(options, session);
  if (options.signal.aborted) return { journal, result: null, failed: session.failed };
  const result = await tabulate(options.planned, finished, session.failed);
  await appendLine(journal.path, result);
  return { journal, result, failed: session.failed };
}

function headOf({ file, variant, configFile, set }: PlannedStudy): HeadLine {
  const { title, target } = file.study;
  return {
    type: 'study',
    schema: 1,
    name: file.name,
    variant,
    title,
    config: configFile,
    set: [...set],
    target,
    startedAt: new Date().toISOString(),
  };
}

function search(options: RunStudyOptions, session: Session): Promise<readonly FinishedPoint[]> {
  const { file, points } = options.planned;
  switch (file.study.method) {
    case 'halving':
      return halve(options, session);
    case 'tpe':
      return learn(options, session);
    case 'grid':
    case 'random':
      return session.runAll(points, { rung: 0 });
    default:
      return assertNever(file.study.method);
  }
}

/** One point after the other, each chosen by what those before it gave: the same points whatever was interrupted, for the trials are kept. */
async function learn({ planned, signal }: RunStudyOptions, session: Session): Promise<readonly FinishedPoint[]> {
  const { study } = planned.file;
  const total = study.trials;
  const finished: FinishedPoint[] = [];
  const labels = new Set<string>();
  for (let draw = 0; draw < total && !signal.aborted; draw++) {
    const tried = finished.map(({ point, trials }) => ({ coordinates: point.coordinates, loss: lossOf(study, trials) }));
    const point = planned.points[draw] ?? proposePoint(study, draw, tried);
    if (labels.has(point.label)) continue;
    labels.add(point.label);
    finished.push(...(await session.runAll([point], { rung: 0, before: draw, points: total })));
  }
  return signal.aborted ? [] : finished;
}

/** Mean of the target over the repeats, turned so that less is better. */
function lossOf({ target }: StudyFile['study'], trials: readonly TrialLine[]): number {
  const sign = target.direction === 'maximize' ? -1 : 1;
  return sign * meanOf(trials.map(({ metrics }) => metrics[metricOf(target.metric)] ?? Number.NaN));
}

/** Successive halving (Jamieson & Talwalkar 2016): the best 1/factor of a round go on, with factor times the budget. */
async function halve({ planned, signal, onEvent }: RunStudyOptions, session: Session): Promise<readonly FinishedPoint[]> {
  const { study } = planned.file;
  const { budget } = study;
  if (budget === undefined) return [];
  let points = planned.points;
  let finished: readonly FinishedPoint[] = [];
  for (const [rung, amount] of halvingBudgets(budget).entries()) {
    await onEvent({ type: 'rung', budget: amount, points: points.length }, session.journal);
    const given = points.map((point) => ({ ...point, overrides: { ...point.overrides, [budget.key]: amount } }));
    finished = await session.runAll(given, { rung });
    if (signal.aborted) return finished;
    const ranked = finished.toSorted((a, b) => lossOf(study, a.trials) - lossOf(study, b.trials));
    points = ranked.slice(0, Math.max(1, Math.floor(finished.length / budget.factor))).map(({ point }) => point);
    finished = ranked;
  }
  return finished;
}

interface Stretch {
  readonly rung: number;
  readonly before?: number;
  readonly points?: number;
}

class Session {
  readonly journal: StudyJournal;
  readonly failed: FailedPoint[] = [];
  readonly #options: RunStudyOptions;

  constructor(options: RunStudyOptions, journal: StudyJournal) {
    this.#options = options;
    this.journal = journal;
  }

  /**
   * The points whose trials all succeeded; stops early when aborted.
   * @param stretch where they stand: the round of halving, or how many points of how many went before
   */
  async runAll(points: readonly Point[], stretch: Stretch): Promise<readonly FinishedPoint[]> {
    const { rung, before = 0, points: all = points.length } = stretch;
    const { repeat } = this.#options.planned.file.study;
    const deals: readonly Overrides[] = repeat === undefined ? [{}] : repeat.values.map((value) => ({ [repeat.key]: value }));
    const found = new Map<Point, TrialLine[]>(points.map((point) => [point, []]));
    const total = all * deals.length;
    let done = before * deals.length;
    // Deal by deal, so that all trials of one share what was made for it, and an early end leaves whole comparisons.
    for (const [index, deal] of deals.entries()) {
      for (const point of points) {
        if (this.#options.signal.aborted) return [];
        done += 1;
        const trial = await this.#trial(point, { deal, index, rung, done, total });
        if (trial !== null) found.get(point)?.push(trial);
      }
    }
    return [...found].filter(([, trials]) => trials.length === deals.length).map(([point, trials]) => ({ point, trials }));
  }

  async #trial(
    { label, overrides: own }: Point,
    at: { readonly deal: Overrides; readonly index: number; readonly rung: number; readonly done: number; readonly total: number },
  ): Promise<TrialLine | null> {
    const { planned, jobs, sink, signal, onEvent } = this.#options;
    const overrides = { ...own, ...at.deal };
    const key = digestOfJson(overrides).slice(0, 16);
    const place = { done: at.done, total: at.total };
    const before = this.journal.trials.get(key);
    if (before !== undefined && (await stillHolds(planned, overrides, before))) {
      await onEvent({ type: 'trial', how: 'kept', ...place, trial: before }, this.journal);
      return before;
    }
    try {
      const ran = await runTrial({ planned, overrides, jobs, sink, signal });
      const trial: TrialLine = { type: 'trial', key, label, overrides, repeat: at.index, rung: at.rung, ...ran };
      await appendLine(this.journal.path, trial);
      await onEvent({ type: 'trial', how: 'ran', ...place, trial }, this.journal);
      return trial;
    } catch (thrown) {
      if (signal.aborted) return null;
      const error = toSluiceError(thrown);
      // What the study itself asks for is wrong in every trial alike.
      if (error.code === 'CONFIG_VALUE' && error.at?.file === planned.file.file) throw error;
      await appendLine(this.journal.path, { type: 'failed', key, label, code: error.code, message: error.message });
      this.failed.push({ label, error });
      await onEvent({ type: 'failed', ...place, label, error }, this.journal);
      return null;
    }
  }
}
