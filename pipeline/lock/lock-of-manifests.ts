import { upstreamPorts } from '../graph/define-pipeline.ts';
import type { Pipeline, Stage } from '../graph/stage.ts';
import type { Manifest } from '../store/manifest.ts';
import type { Lock, LockedStage } from './lock-schema.ts';

export interface LockOptions {
  readonly pipeline: Pipeline;
  /** Relative to the project. */
  readonly configFile: string;
  readonly projectDir: string;
  /** The finished work of each stage; stages without any are left out. */
  readonly manifests: ReadonlyMap<string, Manifest>;
}

/** What a lock says of finished work: the same on every machine that did the same. */
export function lockOfManifests({ pipeline, configFile, projectDir, manifests }: LockOptions): Lock {
  const effects = effectStages(pipeline);
  const stages: Record<string, LockedStage> = {};
  for (const stage of pipeline.stages.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const manifest = manifests.get(stage.name);
    if (manifest !== undefined) stages[stage.name] = lockedStage({ stage, manifest, effects, projectDir });
  }
  return { schema: 1, pipeline: pipeline.name, config: configFile, stages };
}

/** Effects, and the stages that take anything from one. */
export function effectStages(pipeline: Pipeline): ReadonlySet<string> {
  const found = new Set<string>();
  for (const stage of pipeline.stages) {
    if (stage.kind === 'effect' || upstreamPorts(stage).some(({ port }) => found.has(port.stage))) found.add(stage.name);
  }
  return found;
}

interface StageOptions {
  readonly stage: Stage;
  readonly manifest: Manifest;
  readonly effects: ReadonlySet<string>;
  readonly projectDir: string;
}

function lockedStage({ stage, manifest, effects, projectDir }: StageOptions): LockedStage {
  const { parts, outputs, gate } = manifest;
  const fromEffects = new Set(
    upstreamPorts(stage)
      .filter(({ port }) => effects.has(port.stage))
      .map(({ input }) => input),
  );
  const inputs = Object.fromEntries(sorted(parts.inputs).filter(([name]) => !fromEffects.has(name)));
  const params = Object.fromEntries(sorted(parts.params).map(([key, value]) => [key, withoutMachine(value, projectDir)]));
  const isEffect = effects.has(stage.name);
  return {
    ...(isEffect ? { effect: true } : { fingerprint: manifest.fingerprint }),
    code: parts.code.bundle,
    ...filled('packages', Object.fromEntries(sorted(parts.deps))),
    ...filled('params', params),
    ...filled('inputs', inputs),
    ...(isEffect
      ? {}
      : filled(
          'outputs',
          Object.fromEntries(
            sorted(outputs).map(([port, { digest, rows }]) => [port, { digest, ...(rows === undefined ? {} : { rows }) }]),
          ),
        )),
    ...(isEffect || gate === null ? {} : { verdict: gate.verdict }),
  };
}

function filled<TKey extends string, TValue extends object>(key: TKey, value: TValue): { readonly [K in TKey]?: TValue } {
  return Object.keys(value).length === 0 ? {} : ({ [key]: value } as { readonly [K in TKey]: TValue });
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Folders in the project are written relative to it: a colleague's checkout lies elsewhere. */
function withoutMachine(value: unknown, projectDir: string): unknown {
  return typeof value === 'string' && value.startsWith(`${projectDir}/`) ? `.${value.slice(projectDir.length)}` : value;
}
