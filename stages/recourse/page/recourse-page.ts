import { dataTable } from '../../pages/data-table.ts';
import { decimal, orDash, percent, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import { OUTCOME_COLUMNS } from '../../pages/outcome-columns.ts';
import { pageDocument } from '../../pages/page-document.ts';
import type { Recourse } from '../recourse-schema.ts';

type Client = Recourse['clients'][number];
type Terms = Client['asked'];

/** What would have been approved instead. */
export function recoursePage(recourse: Recourse): string {
  const { clients, threshold } = recourse;
  const turned = clients.filter(({ found }) => found !== null);
  return pageDocument({
    title: 'Recourse',
    kicker: `Recourse · credit scoring · ${whole(clients.length)} refused applicants of the holdout`,
    heading: `Another loan would have been approved for ${whole(turned.length)} of ${whole(clients.length)}.`,
    lead: html`<p class="lead">
      For each applicant other amounts, instalments and prices of the goods were tried; every feature that depends on them was computed anew
      by the features’ own SQL, and the real model and calibration scored the result. Refused from ${percent(threshold, 2)}.
    </p>`,
    sections: [
      { id: 'letters', title: 'In the letter', body: letters(clients) },
      { id: 'numbers', title: 'Numbers', body: numbers(clients) },
      { id: 'method', title: 'What was tried', body: method(recourse) },
    ],
    footer: html`<p>
      A changed application is another application: this page says how the model would score it, and promises nothing. Everything but the
      loan itself is locked, income and history included.
    </p>`,
  });
}

function letters(clients: readonly Client[]): Html {
  return dataTable<Client>({
    caption: 'What would have changed the decision, as it would be written',
    columns: [
      { title: 'Applicant', cell: ({ client }) => String(client) },
      { title: 'English', cell: ({ en }) => en },
      { title: 'Français', cell: ({ fr }) => html`<span lang="fr">${fr}</span>` },
    ],
    rows: clients,
  });
}

function numbers(clients: readonly Client[]): Html {
  return dataTable<Client>({
    caption: 'Probability of default as asked and as changed; effort adds up the logarithms of the changes',
    columns: [
      { title: 'Applicant', cell: ({ client, contract }) => html`${String(client)}<small>${contract}</small>` },
      { title: 'As asked', numeric: true, cell: ({ calibrated }) => percent(calibrated, 2) },
      { title: 'Amount, instalment, price', cell: ({ asked }) => termsText(asked) },
      { title: 'Changed to', cell: ({ found }) => (found === null ? 'nothing tried is approved' : termsText(found.terms)) },
      ...OUTCOME_COLUMNS,
    ],
    rows: clients,
  });
}

const termsText = ({ credit, annuity, goods }: Terms): string => [credit, annuity, goods].map((value) => orDash(value, whole)).join(' · ');

function method({ ranges }: Recourse): Html {
  const span = ({ lo, hi }: { readonly lo: number; readonly hi: number }, format: (value: number) => string): string =>
    `${format(lo)} to ${format(hi)}`;
  return html`<p>
      Less credit, a shorter or longer term, a larger down payment or cheaper goods, alone and together; then finer steps towards the one
      that takes the least effort. Nothing is tried that is unusual in the book: beyond the middle 98 of 100 applications of the same kind
      of contract. “None” means none of those tried.
    </p>
    ${dataTable<Recourse['ranges'][number]>({
      caption: 'What is usual in the book',
      columns: [
        { title: 'Contract', cell: ({ contract }) => contract },
        { title: 'Applications', numeric: true, cell: ({ applications }) => whole(applications) },
        { title: 'Amount', cell: ({ credit }) => span(credit, whole) },
        { title: 'Instalment', cell: ({ annuity }) => span(annuity, whole) },
        { title: 'Amount in instalments', cell: ({ term }) => span(term, (value) => decimal(value, 1)) },
        { title: 'Amount to price', cell: ({ creditToGoods }) => span(creditToGoods, (value) => decimal(value, 2)) },
      ],
      rows: ranges,
    })}`;
}
