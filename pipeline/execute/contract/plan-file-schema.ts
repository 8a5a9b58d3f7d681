import { z } from 'zod';

const digest = z.string();
const names = z.array(z.string());

/** What the fingerprint of a stage is made of; params are compared as config. */
const plannedWork = z.strictObject({
  code: z.record(z.string(), z.unknown()).describe('digests of the bundle that runs and of what it declares to write'),
  deps: z.record(z.string(), digest).describe('npm package to the digest of its part of package-lock.json'),
  native: z.record(z.string(), z.string()).describe('native library to its version and digest'),
  env: z.record(z.string(), digest.nullable()).describe('declared environment variable to the digest of its value'),
  inputs: z
    .record(z.string(), digest.nullable())
    .describe('input to the digest of its content; null where it is not made yet or not there'),
  runtime: z.record(z.string(), z.unknown()),
});

const plannedStage = z.strictObject({
  stage: z.string(),
  action: z.enum(['run', 'reuse', 'confirm', 'blocked']),
  reason: z.string(),
  estimateMs: z.number().nullable().describe('how long it took last time'),
  pending: names.describe('inputs that a stage before it has yet to make'),
  work: plannedWork,
  sources: z.record(z.string(), digest).describe('source files of the code, to name those that change'),
});

/** What `sluice plan --out FILE` writes and `sluice run --plan FILE` holds the world to. */
export const planFileSchema = z.strictObject({
  schema: z.literal(1),
  sluice: z.string().describe('version that made the plan'),
  pipeline: z.string(),
  selection: z.strictObject({ targets: names, from: z.string().nullable(), to: z.string().nullable(), only: z.boolean() }),
  force: z.union([names, z.literal('all')]).nullable(),
  config: z.strictObject({
    file: z.string().describe('config file, relative to the project'),
    set: names.describe('the -S of the plan'),
    values: z.record(z.string(), z.unknown()).describe('every config key with its value'),
  }),
  stages: z.array(plannedStage),
});

export type PlanFile = Readonly<z.output<typeof planFileSchema>>;
export type PlanFileStage = PlanFile['stages'][number];
/** What of a stage must be the same when it runs. */
export type PlannedWork = Pick<PlanFileStage, 'work' | 'sources'>;

/** The schema of a plan file for other tools, JSON Schema 2020-12. */
export function planFileJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(planFileSchema);
  return { $schema, $id: 'urn:sluice:plan:1', title: 'What sluice plan --out writes', ...schema };
}
