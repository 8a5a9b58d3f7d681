import { badge } from '../../pages/badge.ts';
import { dataTable } from '../../pages/data-table.ts';
import { orDash, significant, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { ReportData } from '../report-data.ts';

type ContractRule = ReportData['contract']['rules'][number];
type IngestedTable = ReportData['ingest']['tables'][number];

const SOURCES = {
  synthetic: 'Synthetic data, made up by seed',
  csv: 'A folder of CSV files',
  parquet: 'A folder of Parquet files',
} as const;

/** What was read, what was set aside, and what the data contract found. */
export function dataSection({ ingest, contract }: ReportData): Html {
  const broken = contract.rules.filter(({ passed }) => !passed);
  return html`<p>
      ${SOURCES[ingest.source]}.${ingest.source === 'synthetic' && html` <strong>Nobody in it exists</strong>: its numbers say that the pipeline works, not how good the model would be.`}
    </p>
    ${dataTable<IngestedTable>({
      caption: 'Raw tables',
      columns: [
        { title: 'Table', cell: ({ name }) => name },
        { title: 'Rows', numeric: true, cell: ({ present, rows }) => (present ? whole(rows) : 'absent') },
        { title: 'Set aside', numeric: true, cell: ({ rejected }) => whole(rejected) },
      ],
      rows: ingest.tables,
    })}
    <p>
      The data contract ${contract.verdict === 'passed' ? 'passed' : 'was rejected'}: ${contract.rules.length - broken.length} of
      ${contract.rules.length} checks hold.
    </p>
    ${
      broken.length > 0 &&
      dataTable<ContractRule>({
        caption: 'Checks that do not hold',
        columns: [
          { title: 'Check', cell: ({ rule, table, column }) => html`${rule}<small>${table}${column !== null && `.${column}`}</small>` },
          { title: 'Severity', cell: ({ severity }) => badge(severity === 'error' ? 'act' : 'watch', severity) },
          { title: 'Value', numeric: true, cell: ({ value }) => orDash(value, significant) },
          { title: 'Limit', numeric: true, cell: ({ limit }) => orDash(limit, significant) },
          { title: 'Reason', cell: ({ reason }) => reason },
        ],
        rows: broken,
      })
    }`;
}
