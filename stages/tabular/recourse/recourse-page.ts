import { dataTable } from '../../pages/data-table.ts';
import { percent, whole } from '../../pages/format.ts';
import { html } from '../../pages/html.ts';
import { OUTCOME_COLUMNS } from '../../pages/outcome-columns.ts';
import { pageDocument } from '../../pages/page-document.ts';
import type { TabularRecourse } from './recourse-schema.ts';

type Client = TabularRecourse['clients'][number];
type Changeable = TabularRecourse['changeable'][number];

/** What would have been approved instead. */
export function tabularRecoursePage({ clients, threshold, changeable }: TabularRecourse): string {
  const turned = clients.filter(({ found }) => found !== null);
  return pageDocument({
    title: 'Recourse',
    kicker: `Recourse · ${whole(clients.length)} refused applicants of the holdout`,
    heading: `Other answers would have been approved for ${whole(turned.length)} of ${whole(clients.length)}.`,
    lead: html`<p class="lead">
      For each applicant, what the config says can be changed was changed; the features were computed anew and the real model and
      calibration scored the result. Refused from ${percent(threshold, 2)}.
    </p>`,
    sections: [
      {
        id: 'letters',
        title: 'In the letter',
        body: dataTable<Client>({
          caption: 'What would have changed the decision, as it would be written',
          columns: [
            { title: 'Applicant', cell: ({ client }) => String(client) },
            { title: 'English', cell: ({ en }) => en },
            { title: 'Français', cell: ({ fr }) => html`<span lang="fr">${fr}</span>` },
            { title: 'As asked', numeric: true, cell: ({ calibrated }) => percent(calibrated, 2) },
            ...OUTCOME_COLUMNS,
          ],
          rows: clients,
        }),
      },
      {
        id: 'method',
        title: 'What was tried',
        body: html`<p>
            One column changed in every way; where nothing is approved, the five best with one more. Numbers take values from the middle
            nine tenths of the development applicants, levels those that one in a hundred has. Effort is the share of applicants passed
            over, one half for a level without an order. “None” means none of those tried.
          </p>
          ${dataTable<Changeable>({
            caption: 'What can be changed',
            columns: [
              { title: 'Column', cell: ({ column }) => column },
              { title: 'Values', cell: ({ values }) => values.map(String).join(' · ') },
            ],
            rows: changeable,
          })}`,
      },
    ],
    footer: html`<p>A changed application is another application: this page says how the model would score it, and promises nothing.</p>`,
  });
}
