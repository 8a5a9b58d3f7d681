import { userInfo } from 'node:os';
import { toSluiceError, type SluiceError } from '../../errors/sluice-error.ts';
import type { TrackingTarget } from '../../graph/stage-body.ts';
import { endOpenedRuns, forgetOpened, noteOpened, type RunEnd } from '../../tracking/mlflow/index.ts';
import { type NestedRun, sendNestedRun } from '../../tracking/mlflow/nested-run.ts';
import { connectMlflow, type MlflowConnection } from '../../tracking/mlflow/client/connection.ts';
import { ensureExperiment } from '../../tracking/mlflow/client/experiments.ts';
import { PATIENCE } from '../end-tracking.ts';
import { ownMark } from '../flight/process-mark.ts';
import { startTracking } from '../start-tracking.ts';
import type { PlannedStudy } from './plan-study.ts';
import type { HeadLine, ResultLine, TrialLine } from './study-journal.ts';

/** A study as one MLflow run with one nested run a trial. The first failure ends it: the next `exp run` sends all again, and adds nothing twice. */
export class StudyTracker {
  readonly #connection: MlflowConnection;
  readonly #target: TrackingTarget;
  readonly #experimentId: string;
  readonly #head: HeadLine;
  readonly #onFailure: (error: SluiceError) => void;
  #parent: string | null = null;
  #isOn = true;

  private constructor(
    server: { readonly connection: MlflowConnection; readonly target: TrackingTarget; readonly experimentId: string },
    head: HeadLine,
    onFailure: (error: SluiceError) => void,
  ) {
    this.#connection = server.connection;
    this.#target = server.target;
    this.#experimentId = server.experimentId;
    this.#head = head;
    this.#onFailure = onFailure;
  }

  /** @returns null where MLflow cannot be reached; `onFailure` has been told */
  static async open(
    { project, base }: PlannedStudy,
    head: HeadLine,
    { signal, onFailure }: { readonly signal: AbortSignal; readonly onFailure: (error: SluiceError) => void },
  ): Promise<StudyTracker | null> {
    try {
      const target = await startTracking(project, base.values, { emit: () => {}, signal });
      const connection = connectMlflow(target.uri, { signal });
      const experimentId = await ensureExperiment(connection, target.experiment);
      return new StudyTracker({ connection, target, experimentId }, head, onFailure);
    } catch (error) {
      onFailure(toSluiceError(error));
      return null;
    }
  }

  async trial(trial: TrialLine): Promise<void> {
    await this.#send(async (parent) => {
      await this.#run({
        token: `study:${this.#head.variant}:${trial.key}:${trial.fingerprint.slice(0, 16)}`,
        name: trial.label,
        parent,
        startTime: Date.parse(trial.startedAt),
        endTime: Date.parse(trial.finishedAt),
        params: texts(trial.overrides),
        metrics: Object.entries(trial.metrics).map(([name, value]) => ({ name, value, step: 0 })),
        tags: { 'sluice.run': trial.run, 'sluice.study': this.#head.name, 'sluice.rung': String(trial.rung) },
      });
    });
  }

  async finish(result: ResultLine): Promise<void> {
    const best = result.rows.find(({ label }) => label === result.best);
    await this.#send(async () => {
      await this.#parentRun({
        endTime: Date.parse(result.finishedAt),
        tags: { 'sluice.best': result.best ?? 'none' },
        best: best?.metrics ?? {},
      });
      await forgetOpened(this.#target.outbox, this.#token);
    });
  }

  /**
   * Ends the study's run where the study did not come to its end; the same command takes it up again. Never rejects: the next run of the
   * project says what cannot be said now.
   */
  async endEarly(end: RunEnd): Promise<void> {
    const own = { ...end, note: `${this.#head.title}\n\n${end.note}` };
    await endOpenedRuns(this.#target, async ({ token }) => (token === this.#token ? own : null), PATIENCE).catch(() => 0);
  }

  get #token(): string {
    return `study:${this.#head.variant}`;
  }

  /** Before the run is there: whoever is killed between the two leaves no run that nobody ends. */
  async #open(): Promise<string> {
    const { outbox, experiment } = this.#target;
    const openedBy = `study ${this.#head.name}`;
    await noteOpened(outbox, { token: this.#token, experiment, uri: this.#connection.uri, openedBy, process: ownMark() });
    return this.#parentRun({ endTime: null, tags: {}, best: {} });
  }

  async #send(work: (parent: string) => Promise<void>): Promise<void> {
    if (!this.#isOn) return;
    try {
      this.#parent ??= await this.#open();
      await work(this.#parent);
    } catch (error) {
      this.#isOn = false;
      this.#onFailure(toSluiceError(error));
    }
  }

  #parentRun(now: {
    readonly endTime: number | null;
    readonly tags: Readonly<Record<string, string>>;
    readonly best: ResultLine['rows'][number]['metrics'];
  }): Promise<string> {
    const { name, variant, title, config, set, target, startedAt } = this.#head;
    return this.#run({
      token: this.#token,
      name: `study ${name}`,
      parent: null,
      startTime: Date.parse(startedAt),
      endTime: now.endTime,
      params: { 'study.config': config, 'study.set': set.join(' '), 'study.target': `${target.direction} ${target.metric}` },
      metrics: Object.entries(now.best).map(([metric, { value }]) => ({
        name: `best_${metric.replaceAll(/[^\w./ -]/g, '_')}`,
        value,
        step: 0,
      })),
      tags: { 'sluice.study': name, 'sluice.variant': variant, 'mlflow.note.content': title, ...now.tags },
    });
  }

  #run(run: Omit<NestedRun, 'experimentId' | 'user'>): Promise<string> {
    return sendNestedRun(this.#connection, { ...run, experimentId: this.#experimentId, user: userName() });
  }
}

function texts(overrides: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(overrides).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
