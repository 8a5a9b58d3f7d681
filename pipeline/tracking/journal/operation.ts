import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const payload = z.object({
  /** Path on the tracker. */
  path: z.string(),
  /** Path below the journal's payload folder. */
  payload: z.string(),
  bytes: z.int(),
  sha256: z.string(),
});
const dataset = z.object({
  name: z.string(),
  digest: z.string(),
  context: z.string(),
  source: z.record(z.string(), z.unknown()),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  profile: z.record(z.string(), z.unknown()),
  tags: texts,
});

const point = z.object({
  name: z.string(),
  value: z.number(),
  step: z.int(),
  /** ms since 1970; when the run began where it is not said. */
  time: z.int().optional(),
});

/** The run, of a model's file the logged model, that holds this already, if it is the one that the registration comes to; in any other it is sent. */
const sentTo = z.string().optional();

/** One step of a registration: plain data, and safe to carry out again after a crash or a lost answer. */
export const operationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('experiment.ensure'), name: z.string() }),
  z.object({ kind: z.literal('run.create'), token: z.string(), name: z.string(), user: z.string(), startTime: z.int() }),
  z.object({ kind: z.literal('run.describe'), params: texts, tags: texts }),
  z.object({
    kind: z.literal('run.metrics'),
    points: z.array(point),
    /** Shown on the logged model too, as measured on this dataset. */
    ofModelOn: z.object({ name: z.string(), digest: z.string() }).nullable(),
    sentTo,
  }),
  z.object({
    kind: z.literal('run.child'),
    token: z.string(),
    name: z.string(),
    user: z.string(),
    params: texts,
    tags: texts,
    points: z.array(point),
    sentTo,
  }),
  z.object({ kind: z.literal('run.datasets'), datasets: z.array(dataset) }),
  z.object({ kind: z.literal('run.file'), ...payload.shape, sentTo }),
  z.object({ kind: z.literal('model.create'), token: z.string(), name: z.string(), type: z.string(), params: texts, tags: texts }),
  z.object({ kind: z.literal('model.file'), ...payload.shape, fill: z.boolean(), sentTo }),
  z.object({ kind: z.literal('model.ready') }),
  z.object({
    kind: z.literal('version.create'),
    model: z.string(),
    modelDescription: z.string(),
    token: z.string(),
    description: z.string(),
    tags: texts,
  }),
  /** Whatever a repeated request made a second time is removed. */
  z.object({ kind: z.literal('run.settle'), token: z.string(), model: z.string() }),
  z.object({
    kind: z.literal('alias.decide'),
    model: z.string(),
    modelKey: z.string(),
    alias: z.enum(['champion', 'challenger']),
    judgedAgainst: z.string(),
    /** ms since 1970, for the record of the move; older journals have none. */
    at: z.int().optional(),
  }),
  z.object({ kind: z.literal('run.finish'), endTime: z.int() }),
]);
export type Operation = z.infer<typeof operationSchema>;
export type OperationOf<TKind extends Operation['kind']> = Extract<Operation, { kind: TKind }>;

/** What the tracker's answers taught us; each acknowledgement adds to it. */
export const ledgerSchema = z
  .object({
    experimentId: z.string(),
    runId: z.string(),
    runArtifactUri: z.string(),
    startTime: z.int(),
    modelId: z.string(),
    modelArtifactUri: z.string(),
    version: z.string(),
    alias: z.enum(['champion', 'challenger']),
  })
  .partial();
export type Ledger = z.infer<typeof ledgerSchema>;
