import { canonicalJson } from '../../fingerprint/canonical-json.ts';
import { describeChanges, type FingerprintParts } from '../../fingerprint/fingerprint.ts';
import { upstreamPorts } from '../../graph/define-pipeline.ts';
import type { Stage } from '../../graph/stage.ts';
import type { PlanFile, PlanFileStage } from './plan-file-schema.ts';

/** What is not as it was when the plan was made, one sentence each: config, code, packages, inputs, store. */
export function planDrift(planned: PlanFile, present: PlanFile, stages: readonly Stage[]): readonly string[] {
  const found: string[] = [];
  if (planned.sluice !== present.sluice) found.push(`sluice: ${planned.sluice} → ${present.sluice}`);
  if (planned.pipeline !== present.pipeline) found.push(`pipeline: ${planned.pipeline} → ${present.pipeline}`);
  found.push(...configDrift(planned.config.values, present.config.values));
  const [before, after] = [byName(planned), byName(present)];
  for (const name of before.keys()) if (!after.has(name)) found.push(`stage ${name} is gone`);
  const drifted = new Set<string>();
  for (const [name, now] of after) {
    const then = before.get(name);
    const stage = stages.find((candidate) => candidate.name === name);
    const text = then === undefined ? [`stage ${name} is new`] : stageDrift(then, now, stage === undefined ? [] : upstreamPorts(stage).map(({ port }) => port.stage).filter((up) => drifted.has(up)));
    if (text.length > 0) drifted.add(name);
    found.push(...text);
  }
  return found;
}

function byName(plan: PlanFile): ReadonlyMap<string, PlanFileStage> {
  return new Map(plan.stages.map((stage) => [stage.stage, stage]));
}

function configDrift(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const show = (value: unknown): string => (value === undefined ? 'unset' : JSON.stringify(value));
  return keys
    .filter((key) => canonicalJson(before[key] ?? null) !== canonicalJson(after[key] ?? null))
    .map((key) => `config ${key}: ${show(before[key])} → ${show(after[key])}`);
}

/** @param above stages that it takes from and that drifted: they explain an input or an action that is another now */
function stageDrift(then: PlanFileStage, now: PlanFileStage, above: readonly string[]): readonly string[] {
  const changes = describeChanges(partsOf(then), partsOf(now)).filter((change) => above.length === 0 || !change.startsWith('input '));
  if (changes.length > 0) return [`${then.stage}: ${changes.join(', ')}`];
  if (above.length > 0 || then.action === now.action) return [];
  return [`${then.stage}: the store (it was to ${then.action}, now it would ${now.action}: ${now.reason})`];
}

/** The parts of a stage in a plan, as those of a manifest; params are compared as config. */
function partsOf({ work }: PlanFileStage): FingerprintParts {
  return { ...work, params: {} } as unknown as FingerprintParts;
}
