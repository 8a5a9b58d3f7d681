import type { WoeTerm } from '../../../scoring/model/linear-terms.ts';
import type { ScorecardDocument } from '../../../scoring/model/scorecard-model.ts';
import type { BinnedColumn } from '../../woe/bin-column.ts';
import type { Counts } from '../../woe/weight-of-evidence.ts';

type Scale = ScorecardDocument['scale'];
type Characteristic = ScorecardDocument['characteristics'][number];

/** Score = offset + factor·ln(odds of repayment): baseScore at baseOdds, pointsToDouble more where the odds double (Siddiqi 2006). */
export function pointScale({ baseScore, baseOdds, pointsToDouble }: Pick<Scale, 'baseScore' | 'baseOdds' | 'pointsToDouble'>): Scale {
  const factor = pointsToDouble / Math.LN2;
  return { baseScore, baseOdds, pointsToDouble, factor, offset: baseScore - factor * Math.log(baseOdds) };
}

/** Score of log-odds of default. */
export function scoreOf(margin: number, { factor, offset }: Pick<Scale, 'factor' | 'offset'>): number {
  return offset - factor * margin;
}

/** The rows of the card for one characteristic: what each bin adds to the average applicant's score. */
export function characteristic(
  feature: string,
  term: WoeTerm,
  { binned, factor }: { readonly binned: BinnedColumn; readonly factor: number },
): Characteristic {
  const { edges, bins, woe, missing, missingWoe, informationValue } = binned;
  const rows = [...bins, missing].reduce((sum, { good, bad }) => sum + good + bad, 0);
  const row = ({ good, bad }: Counts, value: number) => ({
    share: (good + bad) / rows,
    defaultRate: good + bad === 0 ? null : bad / (good + bad),
    woe: value,
    points: -factor * term.coefficient * (value - term.mean),
  });
  return {
    feature,
    informationValue,
    bins: [
      ...bins.map((bin, at) => ({ from: edges[at - 1] ?? null, to: edges[at] ?? null, unknown: false, ...row(bin, woe[at] ?? 0) })),
      { from: null, to: null, unknown: true, ...row(missing, missingWoe) },
    ],
  };
}
