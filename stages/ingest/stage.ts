import { z } from 'zod';
import { artifact, defineStage, folderSource } from '../../pipeline/index.ts';
import { sourceSection } from '../source-section.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import { tableColumns } from '../tables/table-columns.ts';
import { REJECT_COLUMNS } from './reject-schema.ts';

export const ingestSummary = z.strictObject({
  source: z.enum(['synthetic', 'csv', 'parquet']),
  tables: z.array(
    z.strictObject({
      name: z.enum(TABLE_NAMES),
      /** False where the source has no such file: the artifact is then an empty table. */
      present: z.boolean(),
      rows: z.int().min(0),
      rejected: z.int().min(0),
    }),
  ),
});

const table = (name: TableName) => artifact.table(tableColumns(name));

export const ingest = defineStage({
  name: 'ingest',
  description: 'Reads the eight raw tables with declared types into one Parquet file each, sorted by client',
  inputs: {
    raw: folderSource({
      key: 'source.dir',
      locate: (config) => {
        const source = sourceSection.parse(config['source']);
        return source.kind === 'synthetic' ? null : source.dir;
      },
      include: (file) => /\.(csv|csv\.gz|parquet|zip)$/i.test(file),
    }),
  },
  sections: { source: sourceSection },
  params: z.strictObject({
    rejectTolerance: z.number().min(0).max(1).default(0).describe('share of a table’s rows that may be set aside before the stage fails'),
    aliases: z
      .record(z.string(), z.enum(TABLE_NAMES))
      .default({ 'installments_payments.PARTIAL': 'installments_payments' })
      .describe('other file names, without extension, and the table they hold'),
  }),
  outputs: {
    application_train: table('application_train'),
    application_test: table('application_test'),
    bureau: table('bureau'),
    bureau_balance: table('bureau_balance'),
    previous_application: table('previous_application'),
    POS_CASH_balance: table('POS_CASH_balance'),
    installments_payments: table('installments_payments'),
    credit_card_balance: table('credit_card_balance'),
    rejects: artifact.table(REJECT_COLUMNS),
    summary: artifact.json(ingestSummary),
  },
  resources: { cpus: 2, memory: '3GiB', timeout: '1h' },
  native: ['duckdb'],
  run: () => import('./run.ts'),
});

/** The eight raw tables as inputs of a stage that reads them all. */
export const rawTables = {
  application_train: ingest.out.application_train,
  application_test: ingest.out.application_test,
  bureau: ingest.out.bureau,
  bureau_balance: ingest.out.bureau_balance,
  previous_application: ingest.out.previous_application,
  POS_CASH_balance: ingest.out.POS_CASH_balance,
  installments_payments: ingest.out.installments_payments,
  credit_card_balance: ingest.out.credit_card_balance,
};
