import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { applicantDataResponse } from '../../../../api/schemas/applicants.ts';
import { applicantQueries } from '../../../api/applicant-queries.ts';
import { useClient } from '../../../app/session.tsx';
import { Answer } from '../../../parts/answer.tsx';
import { DataTable } from '../../../parts/data-table.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { useWords } from '../../../words/language.tsx';
import { dataWords } from './data-words.ts';

type RawRow = z.infer<typeof applicantDataResponse>['tables'][string][number];

/** Rows of one table that a page can hold; the rest is in the book. */
const MOST = 12;

/** Everything that is held of the applicant, by raw table; a table is drawn when it is opened. */
export function RawTables({ id }: { readonly id: number }) {
  const words = useWords(dataWords);
  const client = useClient();
  const data = useQuery(applicantQueries(client, id).data);
  return (
    <Panel title={words.raw} lead={words.rawLead}>
      <Answer query={data}>
        {({ tables }) =>
          Object.entries(tables)
            .filter(([, rows]) => rows.length > 0)
            .map(([table, rows]) => <RawTable key={table} table={table} rows={rows} />)
        }
      </Answer>
    </Panel>
  );
}

function RawTable({ table, rows }: { readonly table: string; readonly rows: readonly RawRow[] }) {
  const words = useWords(dataWords);
  const [open, setOpen] = useState(false);
  const shown = rows.slice(0, MOST);
  const columns = Object.keys(rows[0] ?? {});
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <code lang="en">{table}</code> · {words.rows(rows.length)}
      </summary>
      {open && (
        <>
          {rows.length > MOST && <p className="note">{words.shown(MOST, rows.length)}</p>}
          <DataTable
            caption={table}
            captionLanguage="en"
            rows={columns}
            rowKey={(column) => column}
            columns={[
              { head: words.column, cell: (column) => <code lang="en">{column}</code> },
              ...shown.map((row, index) => ({
                head: words.rowNumber(index + 1),
                cell: (column: string) => <span lang="en">{String(row[column] ?? '–')}</span>,
                number: typeof row[columns[0] ?? ''] === 'number',
              })),
            ]}
          />
        </>
      )}
    </details>
  );
}
