import type { SluiceError } from '../errors/sluice-error.ts';
import type { StageOutcome } from '../events/event.ts';
import type { Stage } from '../graph/stage.ts';
import type { Manifest } from '../store/manifest.ts';
import { NOTHING_CHANGED } from './find-work.ts';
import type { RunRecord } from './record/run-record.ts';
import type { Settled } from './resolve-inputs.ts';
import type { Workspace } from './project/workspace.ts';

export interface StageState extends Settled {
  readonly outcome: StageOutcome;
  readonly reason: string;
  readonly attempts: number;
  readonly error: SluiceError | null;
  readonly durationMs: number;
}

/** How each stage of a run ended, and what that says about the run. */
export class RunOutcomes {
  readonly #selected: readonly Stage[];
  readonly #states = new Map<string, StageState>();

  constructor(selected: readonly Stage[]) {
    this.#selected = selected;
  }

  /** A stage outside the selection stands for its last good outputs. */
  async loadUnselected(workspace: Workspace): Promise<void> {
    const names = new Set(this.#selected.map((stage) => stage.name));
    for (const stage of workspace.loaded.pipeline.stages) {
      if (names.has(stage.name)) continue;
      this.#states.set(stage.name, {
        outcome: 'skipped',
        reason: 'it was not asked for',
        manifest: await workspace.manifests.latest(stage.name),
        attempts: 1,
        error: null,
        durationMs: 0,
      });
    }
  }

  set(stage: string, state: StageState): void {
    this.#states.set(stage, state);
  }

  /** What a stage that takes from this one gets; nothing while it has not ended. */
  settled(name: string): Settled {
    return this.#states.get(name) ?? { manifest: null };
  }

  states(): ReadonlyMap<string, StageState> {
    return this.#states;
  }

  byStage(): Record<string, StageOutcome> {
    return Object.fromEntries(this.#selected.map((stage) => [stage.name, this.#states.get(stage.name)?.outcome ?? 'skipped']));
  }

  failures(): readonly SluiceError[] {
    return [...this.#states.values()].flatMap(({ error, outcome }) => (error === null || outcome === 'cancelled' ? [] : [error]));
  }

  /** What failed first, of those that failed by themselves. */
  firstFailure(): { readonly stage: string; readonly error: SluiceError } | null {
    for (const [stage, { error, outcome }] of this.#states) if (error !== null && outcome !== 'cancelled') return { stage, error };
    return null;
  }

  /** The work that stands for each selected stage, and why it would next time; null when there is one without. */
  works(): readonly { readonly stage: Stage; readonly manifest: Manifest; readonly reason: string }[] | null {
    const works = this.#selected.flatMap((stage) => {
      const { outcome = 'failed', manifest = null, reason = '' } = this.#states.get(stage.name) ?? {};
      const stands = outcome === 'executed' || outcome === 'reused' || outcome === 'joined';
      return stands && manifest !== null ? [{ stage, manifest, reason: outcome === 'reused' ? reason : NOTHING_CHANGED }] : [];
    });
    return works.length === this.#selected.length ? works : null;
  }

  rejected(): boolean {
    return this.#selected.some((stage) => this.#states.get(stage.name)?.manifest?.gate?.verdict === 'rejected');
  }

  summary(): RunRecord['stages'] {
    return Object.fromEntries(
      this.#selected.flatMap((stage) => {
        const state = this.#states.get(stage.name);
        return state === undefined
          ? []
          : [
              [
                stage.name,
                {
                  outcome: state.outcome,
                  fingerprint: state.manifest?.fingerprint ?? null,
                  durationMs: state.durationMs,
                  ...(state.attempts > 1 && { attempts: state.attempts }),
                },
              ],
            ];
      }),
    );
  }
}
