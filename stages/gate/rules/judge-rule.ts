import { didYouMean } from '../../../pipeline/index.ts';
import type { Groups } from '../../assess/groups/read-groups.ts';
import { type JudgedRows, pickRows } from '../../assess/judged-rows.ts';
import type { Evaluation } from '../../evaluate/evaluation-schema.ts';
import { calibrationNoise } from '../calibration-noise.ts';
import type { RuleResult } from '../stage.ts';
import { impactRatio } from './impact-ratio.ts';
import type { MetricName } from './metric-names.ts';
import { ruleReason } from './rule-reason.ts';
import { type Measured, measureDifference, measureRows, type MetricOptions } from './row-metrics.ts';
import type { GateRule } from './rule-file.ts';

/** What rules are judged on. */
export interface Evidence {
  readonly evaluation: Evaluation;
  readonly rows: JudgedRows;
  readonly groups: Groups;
  /** Attributes whose approvals break a limit that binds, from assess. */
  readonly breaches: readonly string[];
  /** The champion on the same rows; null for none. */
  readonly champion: JudgedRows | null;
  readonly options: MetricOptions;
}

/** The rule's results: one, or one a group where its slice names an attribute alone. */
export function judgeRule(rule: GateRule, evidence: Evidence): readonly RuleResult[] {
  const { slice } = rule;
  if (slice === undefined || rule.metric === 'impact_ratio') return [judge(rule, null, evidence)];
  const names = slice.group === undefined ? [...new Set(evidence.groups[slice.attribute])].toSorted() : [slice.group];
  return names.map((group) => judge(rule, group, evidence));
}

function judge(rule: GateRule, group: string | null, evidence: Evidence): RuleResult {
  const name = group === null ? rule.rule : `${rule.rule}[${group}]`;
  const facts = { rule: name, metric: rule.metric, direction: rule.direction, bound: rule.bound, severity: rule.severity };
  const slice = group === null || rule.slice === undefined ? {} : { slice: { attribute: rule.slice.attribute, group } };
  const members = group === null ? null : membersOf(evidence, rule, group);
  const few = members !== null && members.length < rule.minRows;
  const found = few ? exactly(Number.NaN) : measure(rule, members, evidence);
  const value = { value: found.value, lower: found.lo, upper: found.hi }[rule.bound];
  if (Number.isNaN(value)) {
    const why =
      members?.length === 0
        ? `no applicant is in group "${group}".${didYouMean(group ?? '', new Set(evidence.groups[rule.slice?.attribute ?? '']))}`
        : few
          ? `the slice has ${members.length} rows, fewer than ${rule.minRows}`
          : 'it does not exist on these rows';
    const passed = rule.ifUnknown === 'pass';
    return { ...facts, ...slice, passed, value: null, limit: rule.limit, reason: `${rule.metric} is not judged: ${why}` };
  }
  const limit = limitOf(rule, members, evidence);
  const kept = rule.direction === 'at least' ? value >= limit : value <= limit;
  const byChance = !kept && rule.unlessChance && rule.against !== undefined && found.lo <= 0 && found.hi >= 0;
  const reason = ruleReason(rule, { found, value, limit, kept, byChance, rows: members?.length ?? evidence.rows.target.length });
  return { ...facts, ...slice, passed: kept || byChance, value, limit, reason };
}

/** Row numbers of a group. */
function membersOf({ groups }: Evidence, { slice }: GateRule, group: string): readonly number[] {
  return (groups[slice?.attribute ?? ''] ?? []).flatMap((name, row) => (name === group ? [row] : []));
}

function measure(rule: GateRule, members: readonly number[] | null, evidence: Evidence): Measured {
  const { metric } = rule;
  if (metric === 'fairness_breaches') return exactly(evidence.breaches.length);
  if (metric === 'impact_ratio')
    return impactRatio(evidence.rows, evidence.groups[rule.slice?.attribute ?? ''] ?? [], { ...evidence.options, minRows: rule.minRows });
  const pick = (rows: JudgedRows): JudgedRows => (members === null ? rows : pickRows(rows, members));
  if (rule.against === 'champion') {
    if (evidence.champion === null) return exactly(Number.NaN);
    return measureDifference(metric, { challenger: pick(evidence.rows), champion: pick(evidence.champion) }, evidence.options);
  }
  const told = members === null ? headline(metric, evidence.evaluation) : null;
  return told ?? measureRows(metric, pick(evidence.rows), evidence.options);
}

/** What evaluate has told already is not told twice with other resamples. */
function headline(metric: MetricName, { headline: told, baselines }: Evaluation): Measured | null {
  const trivial = Math.min(baselines.acceptAll, baselines.refuseAll);
  const { value, lo, hi } = told.costPerApplicant;
  const known: Partial<Record<MetricName, Measured>> = {
    auc: told.auc,
    gini: told.gini,
    ks: told.ks,
    pr_auc: told.prAuc,
    log_loss: told.logLoss,
    brier: told.brier,
    ece: told.ece,
    cost_per_applicant: told.costPerApplicant,
    cost_share: trivial > 0 ? { value: value / trivial, lo: lo / trivial, hi: hi / trivial } : exactly(Number.NaN),
  };
  return known[metric] ?? null;
}

/** ECE has a floor of noise: the limit is no lower than what perfect calibration shows on as many rows. */
function limitOf(rule: GateRule, members: readonly number[] | null, { rows, options }: Evidence): number {
  if (!rule.unlessChance || rule.metric !== 'ece' || rule.against !== undefined) return rule.limit;
  const calibrated = members === null ? rows.calibrated : pickRows(rows, members).calibrated;
  return Math.max(rule.limit, calibrationNoise(calibrated, options));
}

const exactly = (value: number): Measured => ({ value, lo: value, hi: value });
