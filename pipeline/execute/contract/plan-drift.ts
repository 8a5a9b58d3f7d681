import { canonicalJson } from '../../fingerprint/canonical-json.ts';
import { upstreamPorts } from '../../graph/define-pipeline.ts';
import type { Stage } from '../../graph/stage.ts';
import type { PlanFile, PlanFileStage, PlannedWork } from './plan-file-schema.ts';

/** What is not as it was when the plan was made, one sentence each: config, code, packages, inputs, store. */
export function planDrift(planned: PlanFile, present: PlanFile, stages: readonly Stage[]): readonly string[] {
  const found: string[] = [];
  if (planned.sluice !== present.sluice) found.push(`sluice: ${planned.sluice} → ${present.sluice}`);
  if (planned.pipeline !== present.pipeline) found.push(`pipeline: ${planned.pipeline} → ${present.pipeline}`);
  const config = configDrift(planned.config.values, present.config.values);
  found.push(...config);
  const [before, after] = [byName(planned), byName(present)];
  for (const name of before.keys()) if (!after.has(name)) found.push(`stage ${name} is gone`);
  const drifted = new Set<string>();
  for (const [name, now] of after) {
    const then = before.get(name);
    const explained = config.length > 0 || takesFrom(stages, name).some((above) => drifted.has(above));
    const text = then === undefined ? [`stage ${name} is new`] : stageDrift(then, now, explained);
    if (text.length > 0 || (explained && then?.action !== now.action)) drifted.add(name);
    found.push(...text);
  }
  return found;
}

function takesFrom(stages: readonly Stage[], name: string): readonly string[] {
  return stages.filter((stage) => stage.name === name).flatMap((stage) => upstreamPorts(stage).map(({ port }) => port.stage));
}

function byName(plan: PlanFile): ReadonlyMap<string, PlanFileStage> {
  return new Map(plan.stages.map((stage) => [stage.stage, stage]));
}

function configDrift(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): readonly string[] {
  const show = (value: unknown): string => (value === undefined ? 'unset' : JSON.stringify(value));
  return keysThatDiffer(before, after).map((key) => `config ${key}: ${show(before[key])} → ${show(after[key])}`);
}

/** @param explained the config or a stage above drifted: that is why an input or the action is another now */
function stageDrift(then: PlanFileStage, now: PlanFileStage, explained: boolean): readonly string[] {
  const changes = workDrift(then, now, () => !explained);
  if (changes.length > 0) return [`${then.stage}: ${changes.join(', ')}`];
  if (explained || then.action === now.action) return [];
  return [`${then.stage}: the store (it was to ${then.action}, now it would ${now.action}: ${now.reason})`];
}

/** What of a stage's work is not as planned. @param counts whether an input is to be compared */
export function workDrift(then: PlannedWork, now: PlannedWork, counts: (input: string) => boolean): readonly string[] {
  return [
    ...codeDrift(then, now),
    ...keysThatDiffer(then.work.deps, now.work.deps).map((name) => `package ${name}`),
    ...keysThatDiffer(then.work.inputs, now.work.inputs)
      .filter(counts)
      .map((name) => `input ${name}`),
    ...keysThatDiffer(then.work.native, now.work.native).map((name) => `native library ${name}`),
    ...keysThatDiffer(then.work.env, now.work.env).map((name) => `environment variable ${name}`),
    ...(keysThatDiffer(then.work.runtime, now.work.runtime).length > 0 ? ['version of Node or platform'] : []),
  ];
}

function codeDrift(then: PlannedWork, now: PlannedWork): readonly string[] {
  const parts = keysThatDiffer(then.work.code, now.work.code);
  if (parts.length === 0) return [];
  if (!parts.includes('bundle')) return ['what it declares to write'];
  const files = keysThatDiffer(then.sources, now.sources);
  return [files.length === 0 ? 'its code' : `its code (${files.join(', ')})`];
}

function keysThatDiffer(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.filter((key) => canonicalJson(before[key] ?? null) !== canonicalJson(after[key] ?? null));
}
