import { badge } from '../../pages/badge.ts';
import { dataTable } from '../../pages/data-table.ts';
import { orDash, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import { BEYOND_CHANCE, BEYOND_CHANCE_Z, type DriftLimits } from '../limits.ts';
import type { SegmentResult } from '../segments/segments-schema.ts';
import { groupName } from './group-name.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';
import { unknownReason } from './unknown-reason.ts';

type Group = SegmentResult['groups'][number];

/** Who bears the change: scores and approvals group by group. */
export function segmentsSection(result: DriftResult, limits: DriftLimits, say: Say): Html {
  const { segments } = result;
  if (segments === null || segments === undefined)
    return html`<p>${say('Not known', 'Inconnu')}${unknownReason(result, 'segments', say)}.</p>`;
  return html`<p>
      ${say(
        'Whether the change falls on some applicants more than on others. Sex and age are a watch on fairness: no decision may rest on them. “Beyond all” is how much more a group’s approval rate moved than that of all applicants.',
        'Le changement pèse-t-il sur certains demandeurs plus que sur d’autres ? Le sexe et l’âge sont surveillés pour l’équité : aucune décision ne peut s’y fonder. « Au-delà de tous » dit de combien le taux d’acceptation d’un groupe a bougé de plus que celui de tous les demandeurs.',
      )}
    </p>
    ${segments.map((segment) => segmentTable(segment, limits, say))}`;
}

function segmentTable({ attribute, isProtected, groups }: SegmentResult, limits: DriftLimits, say: Say): Html {
  const { percent, decimal, points } = numbersIn(say);
  const kind = groupName(attribute, '', say).attribute;
  const total = (side: 'reference' | 'current'): number => groups.reduce((sum, group) => sum + group[side].rows, 0);
  const [then, now] = [total('reference'), total('current')];
  const rate = (value: number | null): string => orDash(value, (share) => percent(share));
  return dataTable<Group>({
    caption: isProtected ? `${kind} (${say('watch on fairness', 'surveillance de l’équité')})` : kind,
    columns: [
      { title: say('Group', 'Groupe'), cell: ({ group }) => groupName(attribute, group, say).group },
      {
        title: say('Applicants', 'Demandeurs'),
        numeric: true,
        cell: ({ reference, current }) =>
          html`${whole(reference.rows)} → ${whole(current.rows)}<small
              >${percent(reference.rows / Math.max(1, then))} → ${percent(current.rows / Math.max(1, now))}</small
            >`,
      },
      {
        title: say('Mean probability of default', 'Probabilité moyenne de défaut'),
        numeric: true,
        cell: ({ reference, current }) => `${rate(reference.meanPd)} → ${rate(current.meanPd)}`,
      },
      {
        title: say('Approved', 'Acceptés'),
        numeric: true,
        cell: ({ reference, current, approvalShift }) =>
          html`${rate(reference.approvalRate)} → ${rate(current.approvalRate)}<small
              >${orDash(approvalShift, (shift) => `${points(shift)} points`)}</small
            >`,
      },
      {
        title: say('Beyond all', 'Au-delà de tous'),
        numeric: true,
        cell: ({ beyondAll, z }) =>
          marked(
            orDash(beyondAll, (shift) => `${points(shift)} points`),
            isBeyond(Math.abs(beyondAll ?? 0), limits.segmentApproval.watch, Math.abs(z ?? 0) >= BEYOND_CHANCE_Z),
          ),
      },
      {
        title: say('Score PSI', 'PSI du score'),
        numeric: true,
        cell: ({ psi, psiP }) =>
          marked(
            orDash(psi, (value) => decimal(value)),
            isBeyond(psi ?? 0, limits.segmentPsi.watch, psiP !== null && psiP < BEYOND_CHANCE),
          ),
      },
    ],
    rows: groups,
  });
}

function isBeyond(value: number, limit: number | null, beyondChance: boolean): boolean {
  return limit !== null && beyondChance && value >= limit;
}

function marked(text: string, isMarked: boolean): Html | string {
  return isMarked ? badge('watch', text) : text;
}
