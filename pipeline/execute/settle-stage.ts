import { type SluiceError, serializeError, toSluiceError } from '../errors/sluice-error.ts';
import type { EventBody, StageOutcome } from '../events/event.ts';
import type { Stage } from '../graph/stage.ts';
import type { TrackingTarget } from '../graph/stage-body.ts';
import type { Manifest } from '../store/manifest.ts';
import { bootChild } from './child/run-child.ts';
import { undeclaredEnv } from './child/undeclared-env.ts';
import type { Seat } from './scheduling/schedule.ts';
import { childSpec, executeStage } from './execute-stage.ts';
import { findWork, lookAgain, reuseReason, type Work } from './find-work.ts';
import type { Flight } from './flight/flight.ts';
import { type FlightBoard } from './flight/flight-board.ts';
import { flightKey } from './flight/flight-key.ts';
import { type FlightPlan, joinOrFly } from './flight/join-or-fly.ts';
import type { RunOutcomes } from './run-outcomes.ts';
import { projectAhead } from './projection/project-columns.ts';
import { locateInputs, resolveInputs, verifyArtifact } from './resolve-inputs.ts';
import { stageConfig } from './project/stage-config.ts';
import type { Workspace } from './project/workspace.ts';

/** How a stage that has good outputs came by them. */
interface Ended {
  readonly outcome: 'executed' | 'reused' | 'joined';
  readonly reason: string;
  readonly manifest: Manifest;
  readonly attempts: number;
}

export interface SettlerOptions {
  readonly workspace: Workspace;
  readonly selected: readonly Stage[];
  /** Where it is written how each stage ended. */
  readonly outcomes: RunOutcomes;
  readonly force: readonly string[] | 'all' | null;
  readonly runner: string;
  readonly runId: string;
  /** ms since 1970. */
  readonly startedAt: number;
  /** Relative to the project. */
  readonly configFile?: string;
  readonly git: { readonly commit: string | null; readonly dirty: boolean };
  /** Resolves once the tracking server can be spoken to, or is known not to be there. */
  readonly tracking: Promise<TrackingTarget | null>;
  readonly board: FlightBoard;
  /** Fails with LOCK_TIMEOUT rather than wait for another run's stage. */
  readonly noWait: boolean;
  readonly signal: AbortSignal;
  readonly emit: (event: EventBody) => void;
  /** Throws where a stage's work is not what was agreed on. */
  readonly agree?: (work: Work) => void;
}

/** What was found out about a stage holds for so long while it waits for its turn; ms. */
const FRESH_MS = 1000;

/** Brings stages to their end, one call a stage. */
export class StageSettler {
  readonly #options: SettlerOptions;

  constructor(options: SettlerOptions) {
    this.#options = options;
  }

  /**
   * Reuses, executes or blocks one stage.
   * @param seat taken before its body runs, released when that has ended well and what it made is to be committed
   * @returns false when it failed
   */
  async settle(stage: Stage, seat: Seat): Promise<boolean> {
    let from = performance.now();
    const finish = (
      outcome: StageOutcome,
      reason: string,
      rest: { manifest?: Manifest; attempts?: number; error?: SluiceError } = {},
    ): boolean => {
      const durationMs = Math.round(performance.now() - from);
      const { manifest = null, attempts = 1, error = null } = rest;
      this.#options.outcomes.set(stage.name, { outcome, reason, manifest, attempts, error, durationMs });
      const gate = manifest?.gate ?? null;
      if (gate !== null) this.#options.emit({ type: 'gate.verdict', stage: stage.name, ...gate });
      this.#options.emit({
        type: 'stage.finished',
        stage: stage.name,
        outcome,
        durationMs,
        reason,
        ...(attempts > 1 && { attempts }),
        ...(error !== null && { error: serializeError(error) }),
      });
      return outcome !== 'failed' && outcome !== 'cancelled';
    };
    try {
      const inputs = resolveInputs(stage, (name) => this.#options.outcomes.settled(name));
      if (!inputs.ready) return finish('blocked', inputs.why);
      const look = async (): Promise<Work> => {
        const found = await findWork(this.#options.workspace, stage, inputs.digests);
        this.#options.agree?.(found);
        return found;
      };
      const found = await look();
      const reused = await this.#reuse(found);
      if (reused !== null) return finish(reused.outcome, reused.reason, reused);
      if (stage.kind !== 'effect') bootChild(childSpec(this.#options, stage));
      const waitsFrom = performance.now();
      if (!(await seat.take())) {
        this.skip(stage, this.#options.signal.aborted);
        return true;
      }
      from = performance.now();
      const work = from - waitsFrom > FRESH_MS ? await look() : found;
      const settled = await joinOrFly(this.#flightPlan(work, look, seat.release));
      const { workspace, selected: stages, signal } = this.#options;
      if (settled.outcome !== 'reused') projectAhead(workspace, { stages, manifest: settled.manifest, signal });
      return finish(settled.outcome, settled.reason, settled);
    } catch (error) {
      const failure = toSluiceError(error, 'INTERNAL', stage.name);
      return finish(failure.code === 'STAGE_CANCELLED' ? 'cancelled' : 'failed', failure.message, { error: failure });
    }
  }

  /** For a stage that never started. */
  skip(stage: Stage, cancelled: boolean): void {
    const inputs = resolveInputs(stage, (name) => this.#options.outcomes.settled(name));
    const outcome: StageOutcome = cancelled ? 'cancelled' : inputs.ready ? 'skipped' : 'blocked';
    const reason = cancelled ? 'the run was interrupted' : inputs.ready ? 'an earlier stage failed' : inputs.why;
    this.#options.outcomes.set(stage.name, { outcome, reason, manifest: null, attempts: 1, error: null, durationMs: 0 });
    this.#options.emit({ type: 'stage.finished', stage: stage.name, outcome, durationMs: 0, reason });
  }

  async #reuse(work: Work): Promise<Ended | null> {
    const { stage, match } = work;
    if (stage.kind === 'effect' || this.#isForced(stage) || match === null || !(await this.#isWhole(match))) return null;
    await this.#options.workspace.manifests.markLatest(match);
    return { outcome: 'reused', reason: reuseReason(work), manifest: match, attempts: 1 };
  }

  /** What one run executes and the others join. */
  #flightPlan(work: Work, look: () => Promise<Work>, onBodyEnd: () => void): FlightPlan<Ended> {
    const { workspace } = this.#options;
    const { stage } = work;
    return {
      ...this.#options,
      key: flightKey(work, stageConfig(workspace.config, stage)),
      joined: async (fingerprint, run) => {
        const { match } = await look();
        if (match?.fingerprint !== fingerprint || !(await this.#isWhole(match))) return null;
        await workspace.manifests.markLatest(match);
        return madeBy(run, match);
      },
      fly: async (flight, waited) => {
        const now = waited ? await look() : await lookAgain(workspace, work);
        const since = await this.#reuse(now);
        if (since !== null) return { value: madeBy(since.manifest.run, since.manifest), fingerprint: null };
        const ended = await this.#execute(now, flight, onBodyEnd);
        return { value: ended, fingerprint: ended.manifest.fingerprint };
      },
    };
  }

  async #execute(work: Work, flight: Flight, onBodyEnd: () => void): Promise<Ended> {
    const { stage, match } = work;
    const emit = (event: EventBody): void => {
      flight.note(event);
      this.#options.emit(event);
    };
    const reason = this.#reasonToRun(work);
    emit({ type: 'stage.started', stage: stage.name, reason });
    for (const warning of undeclaredEnv(stage, work.body.envReads)) emit(warning);
    const inputs = await locateInputs(this.#options.workspace, stage, (name) => this.#options.outcomes.settled(name), emit);
    const tracking = stage.kind === 'effect' ? await this.#tracking() : null;
    const { manifest, confirmed, attempts } = await executeStage({
      ...this.#options,
      emit,
      flight,
      work,
      inputs,
      tracking,
      onBodyEnd,
    });
    const nothingNew = confirmed || (stage.kind === 'effect' && sameOutputs(match, manifest));
    return nothingNew
      ? { outcome: 'reused', reason: 'confirmed: everything is in place', manifest, attempts }
      : { outcome: 'executed', reason, manifest, attempts };
  }

  async #tracking(): Promise<TrackingTarget | null> {
    const target = await this.#options.tracking;
    if (target === null) return null;
    const { runAccount } = await import('./record/run-account.ts'); // it writes YAML: a run without effects needs no such thing
    return { ...target, account: runAccount({ ...this.#options, states: this.#options.outcomes.states() }) };
  }

  /** Whether every output's bytes are proven; a damaged one is set aside. */
  async #isWhole(manifest: Manifest): Promise<boolean> {
    for (const [port, artifact] of Object.entries(manifest.outputs)) {
      if ((await verifyArtifact(this.#options.workspace, { stage: manifest.stage, port }, artifact, this.#options.emit)) === null)
        return false;
    }
    return true;
  }

  #isForced(stage: Stage): boolean {
    const { force } = this.#options;
    return force === 'all' || (force !== null && force.includes(stage.name));
  }

  #reasonToRun({ stage, match, changes }: Work): string {
    if (this.#isForced(stage)) return 'forced';
    if (stage.kind === 'effect' && match !== null) return 'an effect confirms its work each time';
    return match === null ? changes.join(', ') : 'its outputs were damaged or gone';
  }
}

/** For work that was not there at the first look. */
function madeBy(run: string, manifest: Manifest): Ended {
  return { outcome: 'joined', reason: `made by run ${run} meanwhile`, manifest, attempts: 1 };
}

/** An effect that asked the world and heard what it heard last time has changed nothing. */
function sameOutputs(before: Manifest | null, after: Manifest): boolean {
  return before !== null && Object.entries(after.outputs).every(([port, { digest }]) => before.outputs[port]?.digest === digest);
}
