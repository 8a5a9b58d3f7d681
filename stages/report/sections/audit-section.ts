import { dataTable } from '../../pages/data-table.ts';
import { html, type Html } from '../../pages/html.ts';
import type { ReportData } from '../report-data.ts';

/** Digests of everything this page was made of, and of the two compared tables. */
export function auditSection({ digests, drift }: ReportData): Html {
  const own = Object.entries(digests).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const parts = drift === null ? [] : [drift.reference, drift.current].map(({ name, sha256 }): [string, string] => [name, sha256]);
  return html`<p>
      The page holds no date and no run number: the same evidence gives the same bytes. Each digest names an immutable artifact;
      <code>sluice show RUN</code> lists them with the code, parameters and inputs that made them.
    </p>
    ${dataTable<readonly [string, string]>({
      caption: 'sha256 of what this page was made of',
      columns: [
        { title: 'Artifact', cell: ([name]) => name },
        { title: 'sha256', cell: ([, digest]) => html`<code>${digest}</code>` },
      ],
      rows: [...own, ...parts],
    })}`;
}
