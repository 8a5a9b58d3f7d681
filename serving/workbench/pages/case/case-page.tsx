import { useQuery } from '@tanstack/react-query';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Link } from 'wouter';
import { applicantQueries } from '../../api/applicant-queries.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { useClient } from '../../app/session.tsx';
import { Answer } from '../../parts/answer.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { useWords } from '../../words/language.tsx';
import { shellWords } from '../../words/shell-words.ts';
import { CaseFacts } from './case-facts.tsx';
import { caseWords } from './case-words.ts';
import { ChangeTab } from './change/change-tab.tsx';
import { ComparisonTab } from './comparison/comparison-tab.tsx';
import { DataTab } from './data/data-tab.tsx';
import type { ExplainAnswer } from './explain-answer.ts';
import { ReasonsTab } from './reasons/reasons-tab.tsx';
import { RecordPanel } from './record/record-panel.tsx';
import { VerdictPanel } from './verdict-panel.tsx';

/** One applicant: the proposed decision, what it rests on, what would change it, and the officer's own decision. */
export function CasePage({ id }: { readonly id: number }) {
  const words = useWords(caseWords);
  const common = useWords(shellWords);
  const client = useClient();
  const known = Number.isSafeInteger(id) && id > 0;
  const queries = applicantQueries(client, id);
  const explained = useQuery({ ...queries.explain, enabled: known });
  const log = useQuery({ ...queries.decisions, enabled: explained.data !== undefined });
  const absent = explained.error instanceof ProblemError && explained.error.status === 404;
  return (
    <>
      <Link className="back" href="/applicants">
        {common.backToApplicants}
      </Link>
      <PageTitle title={known ? words.title(id) : common.notFound}>
        {(explained.data?.score.decision === 'refuse' || log.data?.decisions[0]?.decision === 'refuse') && (
          <Link className="button" href={`/applicants/${id}/letter`}>
            {words.letter}
          </Link>
        )}
      </PageTitle>
      {!known && <p>{words.badId}</p>}
      {absent && <p role="alert">{words.notThere}</p>}
      {known && !absent && <Answer query={explained}>{(answer) => <Case id={id} answer={answer} />}</Answer>}
    </>
  );
}

function Case({ id, answer }: { readonly id: number; readonly answer: ExplainAnswer }) {
  const words = useWords(caseWords);
  const tabs = [
    ['reasons', words.reasons, <ReasonsTab key="reasons" answer={answer} />],
    ['comparison', words.comparison, <ComparisonTab key="comparison" id={id} answer={answer} />],
    ['change', words.change, <ChangeTab key="change" id={id} />],
    ['data', words.data, <DataTab key="data" id={id} issues={answer.score.dataQuality} />],
  ] as const;
  return (
    <>
      <CaseFacts id={id} />
      <div className="case-top">
        <VerdictPanel score={answer.score} />
        <RecordPanel id={id} score={answer.score} />
      </div>
      <Tabs className="tabs">
        <TabList className="tab-list" aria-label={words.tabs}>
          {tabs.map(([key, label]) => (
            <Tab className="tab" id={key} key={key}>
              {label}
            </Tab>
          ))}
        </TabList>
        {tabs.map(([key, , panel]) => (
          <TabPanel className="stack" id={key} key={key}>
            {panel}
          </TabPanel>
        ))}
      </Tabs>
    </>
  );
}
