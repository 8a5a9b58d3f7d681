import { badge } from '../../pages/badge.ts';
import { dataTable } from '../../pages/data-table.ts';
import { counted, orDash, significant, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import { pageDocument } from '../../pages/page-document.ts';
import { tiles } from '../../pages/tile.ts';
import type { Contract } from '../contract/contract-schema.ts';
import type { Rule } from '../rule.ts';
import type { ContractResult } from '../stage.ts';
import { promiseTable } from './promise-table.ts';

/** `validate.html`: the verdict, every check with value and limit, and what the contract promises. The same result gives the same bytes. */
export function contractPage({ verdict, rules }: ContractResult, contract: Contract): string {
  const broken = rules.filter(({ passed }) => !passed);
  const errors = broken.filter(({ severity }) => severity === 'error');
  const names = [...new Set(rules.map(({ table }) => table))];
  return pageDocument({
    title: 'Data contract',
    kicker: `Data contract · ${counted(names.length, 'table')}`,
    heading:
      verdict === 'passed' ? 'The data keep the contract.' : `The data break the contract: ${counted(errors.length, 'check')} failed.`,
    lead: html`<div class="verdict ${verdict === 'passed' ? 'ok' : 'act'}">
        <p>
          ${verdict === 'passed' ? badge('ok', 'Passed') : badge('act', 'Rejected')}
          ${verdict === 'passed' ? 'Nothing stands in the way of a model.' : 'Nothing is made of these data until the errors are mended, or the contract is changed.'}
        </p>
        ${contract.about !== undefined && html`<p>${contract.about}</p>`}
      </div>
      ${tiles([
        { label: 'Checks', value: whole(rules.length) },
        { label: 'Errors', value: whole(errors.length), note: 'each rejects' },
        { label: 'Warnings', value: whole(broken.length - errors.length), note: 'told, not binding' },
      ])}`,
    sections: [
      {
        id: 'broken',
        title: 'What does not hold',
        body: broken.length === 0 ? html`<p>Every check holds.</p>` : ruleTable('Checks that do not hold, errors first', broken),
      },
      { id: 'all', title: 'All checks', body: html`${names.map((name) => tableChecks(name, rules))}` },
      {
        id: 'promises',
        title: 'What is promised',
        body: html`${Object.entries(contract.tables).map(([name, table]) => promiseTable(name, table))}`,
      },
    ],
    footer: html`<p>
      A check of severity error rejects when it fails. The contract is a file that can be edited: docs/reference/contracts.md describes it.
      The numbers of this page, unrounded, are in contract.json.
    </p>`,
  });
}

function tableChecks(name: string, rules: readonly Rule[]): Html {
  return html`<h3>${name}</h3>
    ${ruleTable(
      `Checks of ${name}`,
      rules.filter(({ table }) => table === name),
    )}`;
}

function ruleTable(caption: string, rules: readonly Rule[]): Html {
  const gravest = (rule: Rule): number => (rule.severity === 'error' ? 0 : 1);
  return dataTable<Rule>({
    caption,
    columns: [
      { title: 'Check', cell: ({ rule, table, column }) => html`${rule} <small>${table}${column !== null && `.${column}`}</small>` },
      {
        title: 'Result',
        cell: ({ passed, severity }) => (passed ? badge('ok', 'holds') : badge(severity === 'error' ? 'act' : 'watch', severity)),
      },
      { title: 'Value', numeric: true, cell: ({ value }) => orDash(value, significant) },
      { title: 'Limit', numeric: true, cell: ({ limit }) => orDash(limit, significant) },
      { title: 'In words', cell: ({ reason }) => reason },
    ],
    rows: rules.toSorted((a, b) => gravest(a) - gravest(b)),
  });
}
