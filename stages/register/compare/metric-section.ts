import { badge } from '../../pages/badge.ts';
import { dataTable } from '../../pages/data-table.ts';
import { orDash, significant, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DatasetFacts } from './champion-run.ts';
import type { CompareData } from './compare-data.ts';

type Row = NonNullable<CompareData['comparison']>['metrics'][number];

/** Which way is better; a share of approvals is good or bad only beside the losses that come with it. */
const BETTER: Readonly<Record<string, 'higher' | 'lower'>> = {
  auc: 'higher',
  gini: 'higher',
  ks: 'higher',
  pr_auc: 'higher',
  h_measure: 'higher',
  emp: 'higher',
  lift: 'higher',
  log_loss: 'lower',
  brier: 'lower',
  ece: 'lower',
  cost_per_applicant: 'lower',
  profit_per_applicant: 'higher',
  bad_rate_approved: 'lower',
};

/** Every number of both on the same rows, with the interval of the difference. */
export function metricSection({ comparison, champion, challenger, former, verdict, evaluation }: CompareData): Html {
  if (comparison === null) return html`<p>The champion was not scored on these rows: ${whyNot(verdict)}</p>`;
  const own = ownIntervals(evaluation);
  return html`<p>
      Both models scored the same ${whole(comparison.rows)} applicants. ${whoSawThem(challenger.datasets, former.run?.datasets)} The
      difference is challenger less champion. Its 95% interval is paired: AUC and Gini by DeLong’s method, the others by a bootstrap that
      draws the same applicants for both. Where it holds zero, the data do not say which is better.
    </p>
    ${dataTable<Row>({
      caption: `Challenger and ${champion} on the same ${whole(comparison.rows)} applicants`,
      columns: [
        { title: 'Metric', cell: ({ metric }) => metric },
        { title: 'Challenger', numeric: true, cell: ({ challenger }) => orDash(challenger, significant) },
        { title: 'Its 95% interval', numeric: true, cell: ({ metric }) => own[metric] ?? '–' },
        { title: 'Champion', numeric: true, cell: (row) => orDash(row.champion, significant) },
        { title: 'Difference', numeric: true, cell: ({ difference }) => orDash(difference, signed) },
        { title: '95% interval', numeric: true, cell: ({ lo, hi }) => `${orDash(lo, signed)} to ${orDash(hi, signed)}` },
        { title: 'Better', cell: better },
      ],
      rows: comparison.metrics,
    })}`;
}

/** @param champions undefined where MLflow did not tell */
export function whoSawThem(challengers: readonly DatasetFacts[], champions: readonly DatasetFacts[] | undefined): string {
  const digest = (tables: readonly DatasetFacts[] | undefined, table: string) => tables?.find(({ name }) => name === table)?.digest;
  const isSame = ['development', 'holdout'].every((table) => {
    const own = digest(challengers, table);
    return own !== undefined && own === digest(champions, table);
  });
  return isSame
    ? 'Neither was trained on them: data and split are the same.'
    : 'The challenger was not trained on them. The champion, of another split or of other data, may have been trained on some, which favours it.';
}

/** Why there is no comparison, in the gate's words. */
export function whyNot(verdict: CompareData['verdict']): string {
  const rule = verdict?.rules.find((result) => result.rule === 'champion');
  return rule?.reason ?? 'the gate did not compare them.';
}

function ownIntervals({ headline }: CompareData['evaluation']): Readonly<Record<string, string>> {
  const intervals = {
    auc: headline.auc,
    gini: headline.gini,
    ks: headline.ks,
    pr_auc: headline.prAuc,
    log_loss: headline.logLoss,
    brier: headline.brier,
    ece: headline.ece,
    cost_per_applicant: headline.costPerApplicant,
  };
  return Object.fromEntries(Object.entries(intervals).map(([name, { lo, hi }]) => [name, `${significant(lo)} to ${significant(hi)}`]));
}

function better({ metric, lo, hi }: Row): Html | string {
  const direction = BETTER[metric];
  if (direction === undefined || lo === null || hi === null) return '–';
  if (lo <= 0 && hi >= 0) return badge('none', 'undecided');
  return lo > 0 === (direction === 'higher') ? badge('ok', 'challenger') : badge('act', 'champion');
}

/** A number with its sign. */
export function signed(value: number, format: (value: number) => string = significant): string {
  return `${value > 0 ? '+' : ''}${format(value)}`;
}
