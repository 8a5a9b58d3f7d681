import { z } from 'zod';

const severity = z.enum(['error', 'warning', 'off']);
const share = z.number().min(0).max(1);

const column = z.strictObject({
  type: z.enum(['INTEGER', 'TINYINT', 'DOUBLE', 'VARCHAR']),
  nulls: z
    .union([z.literal('any'), share])
    .default(0)
    .describe('largest share of rows that may be null; any: no limit'),
  min: z.number().optional(),
  max: z.number().optional(),
  sentinel: z.number().optional().describe('a value outside the range that stands for "not known"'),
  levels: z.array(z.string()).min(1).optional().describe('the categories that are known'),
  severity: severity.optional().describe('of nulls, range and levels of this column, instead of the contract’s'),
});

const parent = z.strictObject({
  column: z.string(),
  tables: z.array(z.string()).min(1).describe('where each value of the column must stand, in any of them'),
  maxMissing: share.optional().describe('largest share of the ids that may stand in none of them; by default orphans.maxMissing'),
  usualCoverage: share.default(1).describe('share of the parents that usually have rows here'),
});

const table = z
  .strictObject({
    about: z.string().optional(),
    ids: z.array(z.string()).default([]).describe('columns without which a row means nothing'),
    key: z.array(z.string()).default([]).describe('columns that together are unique'),
    parents: z.array(parent).default([]),
    freshness: z
      .strictObject({
        column: z.string(),
        atLeast: z.number().describe('the newest row is at least this young: days or months before the application are negative'),
      })
      .optional(),
    maxDuplicates: share.default(0).describe('largest share of rows that may repeat another row in every column'),
    columns: z.record(z.string(), column),
  })
  .superRefine(({ ids, key, parents, freshness, columns }, context) => {
    const named: readonly (readonly [readonly (string | number)[], string])[] = [
      ...ids.map((name, index) => [['ids', index], name] as const),
      ...key.map((name, index) => [['key', index], name] as const),
      ...parents.map(({ column: name }, index) => [['parents', index], name] as const),
      ...(freshness === undefined ? [] : [[['freshness', 'column'], freshness.column] as const]),
    ];
    for (const [path, name] of named) {
      if (!Object.hasOwn(columns, name))
        context.addIssue({ code: 'custom', path: [...path], message: `"${name}" is none of the table’s columns` });
    }
  });

/** What each kind of rule means for the verdict: an error rejects, a warning is told, off is not looked at. */
const severities = z.strictObject({
  types: severity.default('error'),
  ids: severity.default('error'),
  key: severity.default('error'),
  orphans: severity.default('error'),
  labels: severity.default('error'),
  leak: severity.default('error'),
  nulls: severity.default('warning'),
  range: severity.default('warning'),
  levels: severity.default('warning'),
  duplicates: severity.default('warning'),
  freshness: severity.default('warning'),
  apart: severity.default('warning'),
});

/** A data contract: what the owner of the data promises. */
export const contractSchema = z.strictObject({
  version: z.literal(1),
  about: z.string().optional(),
  severity: severities.prefault({}),
  orphans: z.strictObject({ maxMissing: share.default(0.2) }).prefault({}),
  label: z.strictObject({
    table: z.string(),
    column: z.string().describe('1 for default, 0 for repaid'),
    minEachClass: z.int().min(2).default(50).describe('fewest rows of either class'),
    leakAuc: z.number().gt(0.5).lte(1).default(0.9).describe('a column whose AUC for the label is above this is taken for a leak'),
  }),
  apart: z
    .strictObject({ column: z.string(), tables: z.tuple([z.string(), z.string()]) })
    .optional()
    .describe('two tables that share no value of the column'),
  tables: z.record(z.string(), table),
});

export type Contract = z.output<typeof contractSchema>;
export type ContractColumn = Contract['tables'][string]['columns'][string];
export type Severity = z.output<typeof severity>;

/** A table of the contract, with its name. */
export type ContractTable = Contract['tables'][string] & { readonly name: string };
