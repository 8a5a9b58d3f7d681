import { z } from 'zod';

const numbers = z.array(z.number());
const texts = z.record(z.string(), z.string());

/** What `mlflow-judge.py` prints. */
export const judgeReport = z.object({
  pyfunc: numbers,
  pyfunc32: numbers,
  shuffled: numbers,
  by_version: numbers,
  by_id: numbers,
  xgboost: numbers,
  example: numbers,
  example_by_hand: numbers,
  calibrated: numbers,
  refuse: z.array(z.boolean()),
  missing_column: z.string().nullable(),
  int64_column: z.string().nullable(),
  inputs: z.array(z.tuple([z.string(), z.string(), z.boolean()])),
  outputs: z.array(z.string()),
  descriptor_keys: z.array(z.string()),
  descriptor_ids: z.array(z.boolean()),
  run: z.object({
    status: z.string(),
    times: z.tuple([z.number(), z.number()]),
    metrics: z.record(z.string(), z.number()),
    params: texts,
    tags: texts,
    outputs: z.array(z.string()),
    datasets: z.record(z.string(), z.tuple([z.string(), texts])),
  }),
  series: z.array(z.tuple([z.number(), z.number()])),
  logged: z.object({ status: z.string(), versions: z.string(), metrics: z.array(z.tuple([z.string(), z.string().nullable()])) }),
  files: z.array(z.string()),
  runs: z.int(),
  /** Whether whoever asks for the newest run of the experiment gets this one. */
  newest: z.boolean(),
  children: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      parent: z.boolean(),
      params: texts,
      metrics: z.record(z.string(), z.number()),
      points: z.int(),
    }),
  ),
  /** Metric to step, value and time in ms. */
  system: z.record(z.string(), z.array(z.tuple([z.number(), z.number(), z.number()]))),
  gate_table: z.record(z.string(), z.array(z.union([z.string(), z.number(), z.null()]))),
  stage_table: z.array(z.tuple([z.string(), z.string(), z.string()])),
  lock: z.string(),
  config: z.record(z.string(), z.unknown()),
});
export type JudgeReport = z.infer<typeof judgeReport>;
