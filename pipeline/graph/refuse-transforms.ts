import { SluiceError } from '../errors/sluice-error.ts';
import type { OutputMap } from './stage.ts';

/**
 * Refuses JSON outputs whose schema computes: a schema runs beside the body, and its code is in no fingerprint, so a changed
 * transform would go unnoticed. What only checks may stay.
 * @throws SluiceError GRAPH_LOAD
 */
export function refuseTransforms(stage: string, outputs: OutputMap): void {
  for (const [port, spec] of Object.entries(outputs)) {
    const found = spec.kind === 'json' ? findTransform(spec.schema, new Set()) : null;
    if (found === null) continue;
    throw new SluiceError('GRAPH_LOAD', `the schema of output "${port}" of stage "${stage}" has ${found}, whose code no fingerprint sees`, {
      hint: 'Transform the value in the body, and declare what comes out.',
      stage,
    });
  }
}

/** The first part of a zod schema that gives another value than it got; null where there is none. */
function findTransform(part: unknown, seen: Set<unknown>): string | null {
  if (typeof part !== 'object' || part === null || seen.has(part)) return null;
  seen.add(part);
  const def = '_zod' in part && typeof part._zod === 'object' && part._zod !== null && 'def' in part._zod ? part._zod.def : part;
  if (typeof def !== 'object' || def === null) return null;
  if ('type' in def && def.type === 'transform') return 'a transform';
  if ('check' in def && def.check === 'overwrite') return 'a check that changes the value (such as trim)';
  const inner =
    'type' in def && def.type === 'lazy' && 'getter' in def && typeof def.getter === 'function' ? [def.getter()] : Object.values(def);
  for (const member of inner) {
    const found = findTransform(member, seen);
    if (found !== null) return found;
  }
  return null;
}
