import { z } from 'zod';

const column = z.strictObject({
  kind: z
    .enum(['number', 'category', 'ordinal'])
    .describe('number: one feature as it is; category: one feature a level, 1 or 0; ordinal: the place of the level in the list, from 0'),
  levels: z
    .array(z.string())
    .default([])
    .describe('of a category or an ordinal, as they stand in the file; another level makes every feature of the column 0, or null'),
  labels: z.record(z.string(), z.string()).default({}).describe('level to what it is called in feature names and reports'),
  en: z.string(),
  fr: z.string(),
  concept: z.string().describe('what explanations group by'),
  direction: z.enum(['raises', 'lowers', 'unknown']).default('unknown').describe('what a larger number does to the risk'),
  prohibited: z.boolean().default(false).describe('measured for fairness, not an input of the model'),
  changeable: z.boolean().default(false).describe('the applicant could change it'),
});

/** The `dataset` section of a config: one labelled table in one file, column by column. */
export const datasetSection = z.strictObject({
  name: z.string().describe('for reports'),
  file: z.string().describe('file in source.dir: .csv or .csv.gz, separated by commas'),
  headerLine: z.int().min(1).default(1).describe('line that holds the column names; lines before it are left out'),
  key: z.string().nullable().default(null).describe('column with the client’s number; null: the line of the file'),
  target: z.strictObject({
    column: z.string(),
    bad: z.string().describe('value of a loan that defaulted'),
    good: z.string().describe('value of a loan that was repaid; any other value is refused'),
  }),
  columns: z.record(z.string(), column),
  groups: z
    .record(
      z.string(),
      z.strictObject({
        column: z.string(),
        bands: z.array(z.number()).default([]).describe('of a number: where each band but the first begins'),
        labels: z.record(z.string(), z.string()).default({}).describe('level to group, where it is not the level’s own label'),
      }),
    )
    .default({})
    .describe('attributes that fairness is measured by'),
});
export type Dataset = z.output<typeof datasetSection>;
export type DatasetColumn = Dataset['columns'][string];

/** The `source` section of the single-table graph. */
export const tabularSource = z.strictObject({
  kind: z.literal('csv').default('csv'),
  dir: z.string().describe('the folder that holds dataset.file'),
});
