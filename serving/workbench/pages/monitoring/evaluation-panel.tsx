import { useMemo } from 'react';
import { ChartFigure } from '../../charts/chart-figure.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useWords } from '../../words/language.tsx';
import { shellWords } from '../../words/shell-words.ts';
import { useFormat } from '../../words/use-format.ts';
import { calibrationOption } from './calibration-option.ts';
import type { MonitorAnswer } from './monitor-answer.ts';
import { monitoringWords } from './monitoring-words.ts';

type Evaluation = NonNullable<MonitorAnswer['evaluation']>;

/** How good the last run's model is, with intervals, and whether its probabilities are what happens. */
export function EvaluationPanel({ evaluation }: { readonly evaluation: MonitorAnswer['evaluation'] }) {
  const words = useWords(monitoringWords);
  const { unknown } = useWords(shellWords);
  const format = useFormat();
  if (evaluation === null) return <Panel title={words.evaluation} lead={words.noEvaluation} />;
  const { clients, defaults, measures, approvalRate, badRateAmongApproved: bad } = evaluation;
  return (
    <Panel title={words.evaluation} lead={words.evaluationLead(format.amount(clients), format.amount(defaults))}>
      <DataTable
        caption={words.granted(format.percent(approvalRate), bad === null ? unknown : format.percent(bad))}
        rows={measures}
        rowKey={({ name }) => name}
        columns={[
          { head: words.measure, cell: ({ name }) => words.measures[name] },
          { head: words.value, cell: ({ value }) => format.measure(value), number: true },
          { head: words.interval, cell: ({ low, high }) => words.fromTo(format.measure(low), format.measure(high)), number: true },
        ]}
      />
      {evaluation.calibration.length > 0 && <Calibration bins={evaluation.calibration} />}
    </Panel>
  );
}

function Calibration({ bins }: { readonly bins: Evaluation['calibration'] }) {
  const words = useWords(monitoringWords);
  const format = useFormat();
  const option = useMemo(() => calibrationOption(bins, { format, words }), [bins, format, words]);
  const highest = bins.reduce((left, right) => (right.predicted > left.predicted ? right : left));
  return (
    <ChartFigure
      sentence={words.calibration(format.percent(highest.predicted), format.percent(highest.observed))}
      option={option}
      height={320}
      table={{
        caption: words.calibrationTable,
        rows: bins,
        rowKey: (_, index) => index,
        columns: [
          { head: words.predicted, cell: ({ predicted }) => format.percent(predicted) },
          { head: words.happened, cell: ({ observed }) => format.percent(observed), number: true },
          { head: words.clients, cell: ({ count }) => format.amount(count), number: true },
        ],
      }}
    />
  );
}
