import { Link } from 'wouter';
import type { ListedApplicant } from '../../../book/listing.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { contractWords } from '../../words/raw-words.ts';
import { useFormat } from '../../words/use-format.ts';
import { applicantsWords } from './applicants-words.ts';

/** Each applicant with what they ask for and what the model proposes; why stands in the case. */
export function ApplicantsTable({ applicants }: { readonly applicants: readonly ListedApplicant[] }) {
  const words = useWords(applicantsWords);
  const { language } = useLanguage();
  const format = useFormat();
  const amount = (value: number | null) => (value === null ? '–' : format.amount(value));
  return (
    <DataTable
      caption={words.list}
      rows={applicants}
      rowKey={({ id }) => id}
      columns={[
        { head: words.number, cell: ({ id }) => <Link href={`/applicants/${id}`}>{id}</Link> },
        { head: words.contract, cell: ({ contract }) => contractWords(contract, language) ?? '–' },
        { head: words.credit, cell: ({ credit }) => amount(credit), number: true },
        { head: words.annuity, cell: ({ annuity }) => amount(annuity), number: true },
        { head: words.probability, cell: ({ probabilityOfDefault: value }) => format.percent(value), number: true },
        {
          head: words.proposed,
          cell: ({ decision }) => (
            <span className={`badge ${decision}`}>
              <Sign kind={decision} size={15} />
              {words.decision[decision]}
            </span>
          ),
        },
      ]}
    />
  );
}
