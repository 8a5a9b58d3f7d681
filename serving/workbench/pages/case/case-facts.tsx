import { useQuery } from '@tanstack/react-query';
import { applicantQueries } from '../../api/applicant-queries.ts';
import { useClient } from '../../app/session.tsx';
import { Answer } from '../../parts/answer.tsx';
import { Facts } from '../../parts/facts.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { contractWords } from '../../words/raw-words.ts';
import { shellWords } from '../../words/shell-words.ts';
import { useFormat } from '../../words/use-format.ts';
import { applicationOf } from './application.ts';
import { caseWords } from './case-words.ts';

export function CaseFacts({ id }: { readonly id: number }) {
  const words = useWords(caseWords);
  const { unknown } = useWords(shellWords);
  const { language } = useLanguage();
  const format = useFormat();
  const client = useClient();
  const data = useQuery(applicantQueries(client, id).data);
  const amount = (value: number | null) => (value === null ? unknown : format.amount(value));
  return (
    <Answer query={data}>
      {(answer) => {
        const application = applicationOf(answer);
        const facts = [
          [words.contract, contractWords(application.contract, language) ?? unknown],
          [words.credit, amount(application.credit)],
          [words.annuity, amount(application.annuity)],
          [words.goods, amount(application.goods)],
          [words.income, amount(application.income)],
        ] as const;
        return <Facts className="case-facts" facts={facts} />;
      }}
    </Answer>
  );
}
