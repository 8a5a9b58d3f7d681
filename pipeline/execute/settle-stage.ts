import { type SluiceError, serializeError, toSluiceError } from '../errors/sluice-error.ts';
import type { EventBody, StageOutcome } from '../events/event.ts';
import type { Stage } from '../graph/stage.ts';
import type { TrackingTarget } from '../graph/stage-body.ts';
import type { Manifest } from '../store/manifest.ts';
import { executeStage } from './execute-stage.ts';
import { findWork, type Work } from './find-work.ts';
import type { RunRecord } from './run-record.ts';
import { locateInputs, resolveInputs, type Settled, verifyArtifact } from './resolve-inputs.ts';
import type { Workspace } from './workspace.ts';

interface StageState extends Settled {
  readonly outcome: StageOutcome;
  readonly error: SluiceError | null;
  readonly durationMs: number;
}

export interface SettlerOptions {
  readonly workspace: Workspace;
  readonly selected: readonly Stage[];
  readonly force: readonly string[] | 'all' | null;
  readonly runner: string;
  readonly runId: string;
  readonly git: { readonly commit: string | null; readonly dirty: boolean };
  /** Resolves once the tracking server can be spoken to, or is known not to be there. */
  readonly tracking: Promise<TrackingTarget | null>;
  readonly signal: AbortSignal;
  readonly emit: (event: EventBody) => void;
}

/** Brings stages to their end, one call a stage, and keeps how each ended. */
export class StageSettler {
  readonly #options: SettlerOptions;
  readonly #states = new Map<string, StageState>();

  constructor(options: SettlerOptions) {
    this.#options = options;
  }

  /** A stage outside the selection stands for its last good outputs. */
  async loadUnselected(): Promise<void> {
    const { workspace, selected } = this.#options;
    const names = new Set(selected.map((stage) => stage.name));
    for (const stage of workspace.loaded.pipeline.stages) {
      if (names.has(stage.name)) continue;
      this.#states.set(stage.name, { outcome: 'skipped', manifest: await workspace.manifests.latest(stage.name), error: null, durationMs: 0 });
    }
  }

  /** Reuses, executes or blocks one stage. @returns false when it failed */
  async settle(stage: Stage): Promise<boolean> {
    const startedAt = Date.now();
    const finish = (outcome: StageOutcome, reason: string, rest: { manifest?: Manifest; error?: SluiceError } = {}): boolean => {
      const durationMs = Date.now() - startedAt;
      this.#states.set(stage.name, { outcome, manifest: rest.manifest ?? null, error: rest.error ?? null, durationMs });
      const gate = rest.manifest?.gate ?? null;
      if (gate !== null) this.#options.emit({ type: 'gate.verdict', stage: stage.name, ...gate });
      this.#options.emit({ type: 'stage.finished', stage: stage.name, outcome, durationMs, reason, ...(rest.error === undefined ? {} : { error: serializeError(rest.error) }) });
      return outcome !== 'failed' && outcome !== 'cancelled';
    };
    try {
      const inputs = resolveInputs(stage, (name) => this.#settled(name));
      if (!inputs.ready) return finish('blocked', inputs.why);
      const work = await findWork(this.#options.workspace, stage, inputs.digests);
      const reusable = await this.#reusable(work);
      if (reusable !== null) {
        await this.#options.workspace.manifests.markLatest(reusable);
        return finish('reused', 'nothing that it depends on changed', { manifest: reusable });
      }
      const reason = this.#reasonToRun(work);
      this.#options.emit({ type: 'stage.started', stage: stage.name, reason });
      const { manifest, confirmed } = await this.#execute(work);
      const settled = confirmed || (stage.kind === 'effect' && sameOutputs(work.match, manifest));
      return finish(settled ? 'reused' : 'executed', settled ? 'confirmed: everything is in place' : reason, { manifest });
    } catch (error) {
      const failure = toSluiceError(error, 'INTERNAL', stage.name);
      return finish(failure.code === 'STAGE_CANCELLED' ? 'cancelled' : 'failed', failure.message, { error: failure });
    }
  }

  /** For a stage that never started. */
  skip(stage: Stage, cancelled: boolean): void {
    const inputs = resolveInputs(stage, (name) => this.#settled(name));
    const outcome: StageOutcome = cancelled ? 'cancelled' : inputs.ready ? 'skipped' : 'blocked';
    const reason = cancelled ? 'the run was interrupted' : inputs.ready ? 'an earlier stage failed' : inputs.why;
    this.#states.set(stage.name, { outcome, manifest: null, error: null, durationMs: 0 });
    this.#options.emit({ type: 'stage.finished', stage: stage.name, outcome, durationMs: 0, reason });
  }

  outcomes(): Record<string, StageOutcome> {
    return Object.fromEntries(this.#options.selected.map((stage) => [stage.name, this.#states.get(stage.name)?.outcome ?? 'skipped']));
  }

  failures(): readonly SluiceError[] {
    return [...this.#states.values()].flatMap(({ error, outcome }) => (error === null || outcome === 'cancelled' ? [] : [error]));
  }

  rejected(): boolean {
    return this.#options.selected.some((stage) => this.#states.get(stage.name)?.manifest?.gate?.verdict === 'rejected');
  }

  summary(): RunRecord['stages'] {
    return Object.fromEntries(
      this.#options.selected.flatMap((stage) => {
        const state = this.#states.get(stage.name);
        return state === undefined ? [] : [[stage.name, { outcome: state.outcome, fingerprint: state.manifest?.fingerprint ?? null, durationMs: state.durationMs }]];
      }),
    );
  }

  #settled(name: string): Settled {
    return this.#states.get(name) ?? { manifest: null };
  }

  /** Finished work that may stand for this stage: the same fingerprint, and every output's bytes proven. Effects confirm for themselves. */
  async #reusable({ stage, match }: Work): Promise<Manifest | null> {
    if (match === null || stage.kind === 'effect' || this.#isForced(stage)) return null;
    for (const [port, artifact] of Object.entries(match.outputs)) {
      if ((await verifyArtifact(this.#options.workspace, { stage: stage.name, port }, artifact, this.#options.emit)) === null) return null;
    }
    return match;
  }

  async #execute(work: Work): Promise<{ manifest: Manifest; confirmed: boolean }> {
    const { workspace, emit } = this.#options;
    const inputs = await locateInputs(workspace, work.stage, (name) => this.#settled(name), emit);
    const tracking = work.stage.kind === 'effect' ? await this.#options.tracking : null;
    return executeStage({ ...this.#options, work, inputs, tracking });
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

/** An effect that asked the world and heard what it heard last time has changed nothing. */
function sameOutputs(before: Manifest | null, after: Manifest): boolean {
  return before !== null && Object.entries(after.outputs).every(([port, { digest }]) => before.outputs[port]?.digest === digest);
}
