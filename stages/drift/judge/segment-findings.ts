import { groupName } from '../page/group-name.ts';
import { sayIn } from '../page/language.ts';
import { BEYOND_CHANCE, BEYOND_CHANCE_Z, type DriftLimits } from '../limits.ts';
import type { SegmentResult } from '../segments/segments-schema.ts';
import { comma, type Finding, grade, limitOf } from './finding.ts';
import type { Facts } from './findings.ts';

type Group = SegmentResult['groups'][number];

/** Groups whose approvals moved otherwise than those of all, of those that fail: who bears a change is a question of its own. */
export function groupApprovalFindings({ result, limits }: Facts): Finding[] {
  return eachGroup(result.segments, (attribute, group) => approvalFinding(attribute, group, limits));
}

/** Groups whose scores moved, of those that fail. */
export function groupPsiFindings({ result, limits }: Facts): Finding[] {
  return eachGroup(result.segments, (attribute, group) => psiFinding(attribute, group, limits));
}

function eachGroup(segments: Facts['result']['segments'], judge: (attribute: string, group: Group) => Finding[]): Finding[] {
  return (segments ?? []).flatMap(({ attribute, groups }) => groups.flatMap((group) => judge(attribute, group)));
}

function approvalFinding(attribute: string, { group, beyondAll, approvalShift, z }: Group, { segmentApproval }: DriftLimits): Finding[] {
  if (beyondAll === null || approvalShift === null || z === null) return [];
  const level = grade(Math.abs(beyondAll), segmentApproval, Math.abs(z) >= BEYOND_CHANCE_Z);
  if (level === 'ok') return [];
  const [own, beyond] = [points(approvalShift), points(beyondAll)];
  return [
    {
      rule: `segment_approval[${attribute}=${group}]`,
      level,
      value: beyondAll,
      limit: limitOf(level, segmentApproval),
      text: `${nameIn('en', attribute, group)}: approval rate ${own} points, ${beyond} beyond the shift of all applicants.`,
      french: `${nameIn('fr', attribute, group)} : taux d’acceptation ${comma(own)} points, ${comma(beyond)} au-delà de celui de tous les demandeurs.`,
    },
  ];
}

function psiFinding(attribute: string, { group, psi, psiP }: Group, { segmentPsi }: DriftLimits): Finding[] {
  if (psi === null) return [];
  const level = grade(psi, segmentPsi, psiP !== null && psiP < BEYOND_CHANCE);
  if (level === 'ok') return [];
  return [
    {
      rule: `segment_psi[${attribute}=${group}]`,
      level,
      value: psi,
      limit: limitOf(level, segmentPsi),
      text: `${nameIn('en', attribute, group)}: PSI of the score ${psi.toFixed(3)}.`,
      french: `${nameIn('fr', attribute, group)} : PSI du score ${comma(psi.toFixed(3))}.`,
    },
  ];
}

function nameIn(language: 'en' | 'fr', attribute: string, group: string): string {
  const { attribute: kind, group: own } = groupName(attribute, group, sayIn(language));
  return `${kind}, ${own}`;
}

function points(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`;
}
