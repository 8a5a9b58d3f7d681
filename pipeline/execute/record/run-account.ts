import { relative } from 'node:path';
import type { RunAccount, StageAccount } from '../../graph/stage-body.ts';
import { lockText } from '../../lock/lock-file.ts';
import { lockOfManifests } from '../../lock/lock-of-manifests.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { Workspace } from '../project/workspace.ts';

export interface AccountedStage {
  readonly outcome: string;
  readonly manifest: Manifest | null;
}

export interface AccountOptions {
  readonly workspace: Workspace;
  readonly startedAt: number;
  readonly configFile?: string;
  /** Stages that ended, by name. */
  readonly states: ReadonlyMap<string, AccountedStage>;
}

/** What is known of a run when one of its effects begins. */
export function runAccount({ workspace, startedAt, configFile, states }: AccountOptions): RunAccount {
  const { project, loaded, config } = workspace;
  const manifests = new Map<string, Manifest>();
  const stages: StageAccount[] = [];
  for (const { name } of loaded.pipeline.stages) {
    const { manifest = null, outcome = '' } = states.get(name) ?? {};
    if (manifest === null) continue;
    manifests.set(name, manifest);
    stages.push({
      stage: name,
      outcome: outcome === 'executed' || outcome === 'joined' || outcome === 'skipped' ? outcome : 'reused',
      madeBy: manifest.run,
      finishedAt: manifest.finishedAt,
      durationMs: manifest.durationMs,
      usage: manifest.usage ?? null,
    });
  }
  const lock = lockOfManifests({
    pipeline: loaded.pipeline,
    configFile: configFile ?? relative(project.dir, project.configFile),
    projectDir: project.dir,
    manifests,
  });
  const { tracking: _, ...shown } = config;
  return { startedAt, config: withoutMachine(shown, project.dir), stages, lock: lockText(lock) };
}

/** Paths in the project are told relative to it: the same config is the same in another checkout. */
function withoutMachine(config: Readonly<Record<string, unknown>>, dir: string): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(config, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(`${dir}/`) ? `.${value.slice(dir.length)}` : value,
  );
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
