import { canonicalJson } from '../fingerprint/canonical-json.ts';
import type { Lock, LockedStage } from './lock-schema.ts';

/**
 * Where a lock and the present state disagree, one sentence each, by stage: what a reviewer of the lock did not see.
 * @param stages those to compare; others may not be planned
 */
export function compareLocks(locked: Lock, present: Lock, stages: readonly string[]): readonly string[] {
  const found: string[] = [];
  if (locked.pipeline !== present.pipeline) found.push(`pipeline: ${locked.pipeline} in the lock, ${present.pipeline} here`);
  if (locked.config !== present.config) found.push(`config: ${locked.config} in the lock, ${present.config} here`);
  for (const name of stages) {
    const [before, after] = [locked.stages[name], present.stages[name]];
    if (before === undefined) found.push(`${name} is not in the lock`);
    else if (after === undefined) found.push(`${name} has no good outputs here`);
    else found.push(...compareStages(before, after).map((text) => `${name}: ${text}`));
  }
  return found;
}

function compareStages(before: LockedStage, after: LockedStage): readonly string[] {
  const found = [
    ...(before.code === after.code ? [] : ['its code']),
    ...changed(before.packages, after.packages).map((name) => `package ${name}`),
    ...changed(before.params, after.params).map(
      (key) => `${key} is ${show(before.params?.[key])} in the lock, ${show(after.params?.[key])} here`,
    ),
    ...changed(before.inputs, after.inputs).map((name) => `input ${name}`),
    ...changed(before.outputs, after.outputs).map((port) => outputText(port, before, after)),
    ...(before.verdict === after.verdict ? [] : [`verdict ${before.verdict ?? 'none'} in the lock, ${after.verdict ?? 'none'} here`]),
  ];
  if (found.length > 0 || before.fingerprint === after.fingerprint) return found;
  return ['another native library, environment variable or version of Node'];
}

function outputText(port: string, before: LockedStage, after: LockedStage): string {
  const [old, now] = [before.outputs?.[port], after.outputs?.[port]];
  const rows = old?.rows === now?.rows ? '' : `, ${show(old?.rows)} rows in the lock, ${show(now?.rows)} here`;
  return `output ${port}${rows}`;
}

function changed(before: Readonly<Record<string, unknown>> = {}, after: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return keys.filter((key) => canonicalJson(before[key] ?? null) !== canonicalJson(after[key] ?? null));
}

function show(value: unknown): string {
  return value === undefined ? 'unset' : JSON.stringify(value);
}
