import { useQueries } from '@tanstack/react-query';
import { Link } from 'wouter';
import { applicantQueries } from '../../api/applicant-queries.ts';
import { useClient } from '../../app/session.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { contractWords } from '../../words/raw-words.ts';
import { useFormat } from '../../words/use-format.ts';
import { type Application, applicationOf } from '../case/application.ts';
import { applicantsWords } from './applicants-words.ts';

/** Each applicant with what they ask for. No decision here: it is read with its reasons, or not at all. */
export function ApplicantsTable({ ids }: { readonly ids: readonly number[] }) {
  const words = useWords(applicantsWords);
  const { language } = useLanguage();
  const format = useFormat();
  const client = useClient();
  const rows = useQueries({
    queries: ids.map((id) => applicantQueries(client, id).data),
    combine: (results) =>
      ids.map((id, index) => ({ id, application: results[index]?.data === undefined ? null : applicationOf(results[index].data) })),
  });
  const tell = <T,>(application: Application | null, of: (known: Application) => T | null, write: (value: T) => string) => {
    if (application === null) return <span aria-busy="true">…</span>;
    const value = of(application);
    return value === null ? '–' : write(value);
  };
  return (
    <DataTable
      caption={words.list}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { head: words.number, cell: ({ id }) => <Link href={`/applicants/${id}`}>{id}</Link> },
        { head: words.contract, cell: ({ application }) => tell(application, ({ contract }) => contractWords(contract, language), String) },
        { head: words.credit, cell: ({ application }) => tell(application, ({ credit }) => credit, format.amount), number: true },
        { head: words.annuity, cell: ({ application }) => tell(application, ({ annuity }) => annuity, format.amount), number: true },
      ]}
    />
  );
}
