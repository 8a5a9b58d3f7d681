import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, Input, Label, TextArea, TextField } from 'react-aria-components';
import { Link } from 'wouter';
import { applicantQueries } from '../../api/applicant-queries.ts';
import { useClient } from '../../app/session.tsx';
import { Answer } from '../../parts/answer.tsx';
import { Choice } from '../../parts/choice.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Sign } from '../../parts/sign.tsx';
import type { Language } from '../../words/bilingual.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { shellWords } from '../../words/shell-words.ts';
import { applicationOf } from '../case/application.ts';
import type { Score } from '../case/explain-answer.ts';
import { Letter } from './letter.tsx';
import { letterPageWords } from './letter-words.ts';
import { useKept } from './use-kept.ts';

export function LetterPage({ id }: { readonly id: number }) {
  const words = useWords(letterPageWords);
  const client = useClient();
  const explained = useQuery(applicantQueries(client, id).explain);
  return (
    <>
      <div className="no-print">
        <Link className="back" href={`/applicants/${id}`}>
          {words.back}
        </Link>
        <PageTitle title={words.title(id)} />
      </div>
      <Answer query={explained}>{({ score }) => <Refusal id={id} score={score} />}</Answer>
    </>
  );
}

function Refusal({ id, score }: { readonly id: number; readonly score: Score }) {
  const words = useWords(letterPageWords);
  const common = useWords(shellWords);
  const { language: own } = useLanguage();
  const queries = applicantQueries(useClient(), id);
  const [chosen, setChosen] = useState<Language | null>(null);
  const [today] = useState(() => new Date());
  const [lender, setLender] = useKept('sluice.lender');
  const [contact, setContact] = useKept('sluice.contact');
  const data = useQuery(queries.data);
  const other = useQuery(queries.counterfactuals);
  const log = useQuery(queries.decisions);
  const recorded = log.data?.decisions[0];
  if ((recorded?.decision ?? score.decision) === 'grant') {
    return <p className="panel">{recorded === undefined ? words.granted : words.grantedByOfficer}</p>;
  }
  const language = chosen ?? own;
  // Refused against the model's proposal: the reason is the officer's, in the words that were recorded.
  const reasons = recorded?.override === true ? [recorded.reason ?? ''] : score.reasons.map((reason) => reason[language]);
  return (
    <>
      <div className="letter-tools no-print">
        <LetterLanguage language={language} choose={setChosen} />
        <TextField className="field" value={lender} onChange={setLender}>
          <Label>{words.lender}</Label>
          <TextArea rows={2} className="input short" />
        </TextField>
        <TextField className="field" value={contact} onChange={setContact}>
          <Label>{words.contact}</Label>
          <Input />
        </TextField>
        <Button className="button primary" onPress={() => print()}>
          {words.print}
        </Button>
        <p className="note">{words.kept}</p>
      </div>
      {log.data !== undefined && recorded === undefined && (
        <p className="notice no-print">
          <Sign kind="watch" />
          {words.unrecorded}
        </p>
      )}
      <Answer query={data}>
        {(answer) => {
          // Without what could have led to another decision the letter would be another one: it is not to be printed before.
          if (other.isPending) return <p role="status">{common.loading}</p>;
          const application = applicationOf(answer);
          return (
            <Letter
              id={id}
              language={language}
              date={recorded === undefined ? today : new Date(recorded.time)}
              contract={application.contract}
              amount={application.credit}
              reasons={reasons}
              otherwise={other.data?.words[language] ?? null}
              lender={lender}
              contact={contact}
            />
          );
        }}
      </Answer>
    </>
  );
}

function LetterLanguage({ language, choose }: { readonly language: Language; readonly choose: (language: Language) => void }) {
  const words = useWords(letterPageWords);
  return (
    <Choice
      label={words.language}
      options={(['fr', 'en'] as const).map((id) => ({ id, text: words.languages[id] }))}
      chosen={language}
      onChoose={(id) => {
        if (id === 'en' || id === 'fr') choose(id);
      }}
    />
  );
}
