import { useMemo } from 'react';
import { barsHeight, barsOption } from '../../charts/bars-option.ts';
import { ChartFigure } from '../../charts/chart-figure.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StatusBadge, type Status } from '../../parts/status-badge.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { useFormat } from '../../words/use-format.ts';
import type { MonitorAnswer } from './monitor-answer.ts';
import { monitoringWords } from './monitoring-words.ts';

type Report = NonNullable<MonitorAnswer['report']>;

const MOST = 15;

/** The words of `drift.json` for how things stand. */
const STATUSES: Readonly<Record<string, Status>> = { ok: 'ok', watch: 'watch', act: 'act', broken: 'act' };

export function DriftReport({ report }: { readonly report: MonitorAnswer['report'] }) {
  const words = useWords(monitoringWords);
  if (report === null) return <Panel title={words.report} lead={words.noReport} />;
  return (
    <Panel title={words.report} lead={words.parts(report.reference, report.current)}>
      <Verdict report={report} />
      <Columns columns={report.columns} />
    </Panel>
  );
}

function Verdict({ report }: { readonly report: Report }) {
  const words = useWords(monitoringWords);
  const { language } = useLanguage();
  const names: Readonly<Record<string, string>> = words.status;
  return (
    <div className="stack">
      <p>
        <StatusBadge status={STATUSES[report.status] ?? 'unknown'} word={names[report.status] ?? report.status} />
      </p>
      {report.reasons.length > 0 && (
        <ul className="reasons">
          {report.reasons.map((reason) => (
            <li key={reason.en}>{reason[language]}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Columns({ columns }: { readonly columns: Report['columns'] }) {
  const words = useWords(monitoringWords);
  const format = useFormat();
  const rows = useMemo(
    () =>
      columns
        .flatMap(({ column, drifted, psi }) => (psi === null ? [] : [{ column, drifted, psi }]))
        .toSorted((left, right) => right.psi - left.psi)
        .slice(0, MOST),
    [columns],
  );
  const option = useMemo(
    () =>
      barsOption(
        rows.map(({ column, psi }) => ({ label: column, value: psi })),
        format,
      ),
    [rows, format],
  );
  const [first] = rows;
  if (first === undefined) return null;
  const drifted = columns.filter((column) => column.drifted).length;
  return (
    <ChartFigure
      sentence={words.columnsSentence(first.column, format.number(first.psi), format.amount(drifted))}
      option={option}
      height={barsHeight(rows)}
      table={{
        caption: words.columns,
        rows,
        rowKey: ({ column }) => column,
        columns: [
          { head: words.column, cell: ({ column }) => <code lang="en">{column}</code> },
          { head: words.psi, cell: ({ psi }) => format.number(psi), number: true },
          { head: words.drifted, cell: (row) => (row.drifted ? words.yes : words.no) },
        ],
      }}
    />
  );
}
