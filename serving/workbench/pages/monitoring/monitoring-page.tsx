import { useQuery } from '@tanstack/react-query';
import { ProblemError } from '../../api/problem-error.ts';
import { useClient } from '../../app/session.tsx';
import { Answer } from '../../parts/answer.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useWords } from '../../words/language.tsx';
import { useFormat } from '../../words/use-format.ts';
import { DriftReport } from './drift-report.tsx';
import { EvaluationPanel } from './evaluation-panel.tsx';
import { LogCheck } from './log-check.tsx';
import type { MonitorAnswer } from './monitor-answer.ts';
import { monitoringWords } from './monitoring-words.ts';
import { ScoreDrift } from './score-drift.tsx';

/** For reviewers: whether the model still meets the clients that it was made for, and whether the log is whole. */
export function MonitoringPage() {
  const words = useWords(monitoringWords);
  const client = useClient();
  const monitor = useQuery({ queryKey: ['monitor'], queryFn: ({ signal }) => client.monitor(signal), staleTime: 0 });
  const forbidden = monitor.error instanceof ProblemError && monitor.error.status === 403;
  return (
    <>
      <PageTitle title={words.title} />
      {forbidden ? (
        <p className="panel">{words.onlyReviewers}</p>
      ) : (
        <Answer query={monitor}>
          {(answer) => (
            <div className="stack">
              <Service answer={answer} />
              <ScoreDrift drift={answer.scoreDrift} />
              <DriftReport report={answer.report} />
              <EvaluationPanel evaluation={answer.evaluation} />
              <Shadow shadow={answer.shadow} />
              <LogCheck />
            </div>
          )}
        </Answer>
      )}
    </>
  );
}

function Service({ answer }: { readonly answer: MonitorAnswer }) {
  const words = useWords(monitoringWords);
  const format = useFormat();
  const { decisions } = answer;
  const ofAll = (count: number) => (decisions.total === 0 ? '' : words.ofAll(format.percent(count / decisions.total, 0)));
  const tiles = [
    [words.scored, answer.scored, words.service],
    [words.explained, answer.explained, words.service],
    [words.swaps, answer.swaps, words.service],
    [words.decisions, decisions.total, ''],
    [words.overrides, decisions.overrides, ofAll(decisions.overrides)],
    [words.refused, decisions.refused, ofAll(decisions.refused)],
  ] as const;
  return (
    <dl className="tiles">
      {tiles.map(([term, value, note]) => (
        <div className="tile" key={term}>
          <dt>{term}</dt>
          <dd>{format.amount(value)}</dd>
          {note !== '' && <dd>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

function Shadow({ shadow }: { readonly shadow: MonitorAnswer['shadow'] }) {
  const words = useWords(monitoringWords);
  const format = useFormat();
  const sentence =
    shadow === null
      ? words.noShadow
      : words.shadowSentence({
          version: shadow.challenger.version,
          scored: format.amount(shadow.scored),
          differ: format.amount(shadow.differ),
        });
  return (
    <Panel title={words.shadow}>
      <p>{sentence}</p>
    </Panel>
  );
}
