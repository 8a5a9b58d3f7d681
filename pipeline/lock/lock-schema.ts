import { z } from 'zod';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** One stage of a lock. A stage that is an effect, or takes anything from one, has neither fingerprint nor outputs: what the world answers is nobody's to lock. */
const lockedStage = z.strictObject({
  effect: z.literal(true).exactOptional().describe('it is an effect or takes something from one'),
  fingerprint: digest.exactOptional(),
  code: digest.describe('sha256 of the bundle that ran'),
  packages: z.record(z.string(), digest).exactOptional().describe('npm package to the digest of its part of package-lock.json'),
  params: z.record(z.string(), z.unknown()).exactOptional().describe('config keys that the body read, with their values'),
  inputs: z.record(z.string(), digest.nullable()).exactOptional().describe('input to the digest of its content'),
  outputs: z.record(z.string(), z.strictObject({ digest, rows: z.int().min(0).exactOptional() })).exactOptional(),
  verdict: z.enum(['passed', 'rejected']).exactOptional().describe('of a gate'),
});

/** `sluice.lock`, version 1. */
export const lockSchema = z.strictObject({
  schema: z.literal(1),
  pipeline: z.string(),
  config: z.string().describe('config file, relative to the project'),
  stages: z.record(z.string(), lockedStage),
});

export type Lock = Readonly<z.output<typeof lockSchema>>;
export type LockedStage = Readonly<z.output<typeof lockedStage>>;

/** The schema of a lock for other tools, JSON Schema 2020-12. */
export function lockJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(lockSchema);
  return { $schema, $id: 'urn:sluice:lock:1', title: 'sluice.lock', ...schema };
}
