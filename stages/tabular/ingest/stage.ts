import { z } from 'zod';
import { artifact, defineStage, folderSource } from '../../../pipeline/index.ts';
import { REJECT_COLUMNS } from '../../ingest/reject-schema.ts';
import { ingestSummary } from '../../ingest/stage.ts';
import { datasetSection, tabularSource } from '../dataset-section.ts';

const section = (config: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> =>
  z.record(z.string(), z.unknown()).parse(config[name] ?? {});

/** The same ports as Home Credit's ingest has for its application tables, so that every later stage is the same. */
export const tabularIngest = defineStage({
  name: 'ingest',
  description: 'Reads one labelled table with declared types into Parquet, sorted by client',
  inputs: {
    raw: folderSource({
      key: 'source.dir',
      locate: (config) => z.string().parse(section(config, 'source')['dir']),
      include: (file, config) => file === section(config, 'dataset')['file'],
    }),
  },
  sections: { source: tabularSource, dataset: datasetSection },
  params: z.strictObject({
    rejectTolerance: z.number().min(0).max(1).default(0).describe('share of the rows that may be set aside before the stage fails'),
  }),
  outputs: {
    application_train: artifact.table({ SK_ID_CURR: 'INTEGER', TARGET: 'TINYINT' }, { open: true }),
    /** Empty: there is no second table, and so no drift to measure. */
    application_test: artifact.table({ SK_ID_CURR: 'INTEGER' }, { open: true }),
    rejects: artifact.table(REJECT_COLUMNS),
    summary: artifact.json(ingestSummary),
  },
  resources: { cpus: 2, memory: '2GiB' },
  native: ['duckdb'],
  run: () => import('./run.ts'),
});
