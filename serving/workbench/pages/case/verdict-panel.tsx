import { useId } from 'react';
import { Sign } from '../../parts/sign.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { useFormat } from '../../words/use-format.ts';
import { caseWords } from './case-words.ts';
import type { Score } from './explain-answer.ts';
import { Gauge } from './gauge.tsx';
import { sideOfThreshold } from './side-of-threshold.ts';

/**
 * Decision in words and sign, the probability of default, its distance to the threshold, and why that threshold. The probability stands here
 * and nowhere else on the page: neither picture nor table repeats it.
 */
export function VerdictPanel({ score }: { readonly score: Score }) {
  const words = useWords(caseWords);
  const { language } = useLanguage();
  const format = useFormat();
  const id = useId();
  const { decision, probabilityOfDefault: probability, threshold, expectedCost, model } = score;
  const outside =
    probability.low !== null && probability.high !== null && (probability.value < probability.low || probability.value > probability.high);
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id} className="hidden-visually">
        {words.verdict}
      </h2>
      <div className="verdict">
        <div>
          <p className="kicker">{words.proposed}</p>
          <p className={`verdict-word ${decision}`} data-decision={decision}>
            <Sign kind={decision} size={36} />
            {words.decision[decision]}
          </p>
          <p>{sideOfThreshold(score, { words, format })}</p>
        </div>
        <div>
          <p className="kicker">{words.probability}</p>
          <p className="probability" data-probability="applicant">
            {format.percent(probability.value)}
          </p>
          <p>
            {probability.low === null || probability.high === null
              ? words.noBand
              : words.band(format.percent(probability.low), format.percent(probability.high))}
          </p>
          {outside && <p className="note">{words.outside}</p>}
        </div>
      </div>
      <Gauge score={score} />
      <p className="note">{probability.note[language]}</p>
      <div className="why">
        <h3>{words.why}</h3>
        <p className="prose">{threshold.why[language]}</p>
        <p className="prose">{words.costs(format.number(expectedCost.grant), format.number(expectedCost.refuse))}</p>
        <p className="note">{words.model(model.name, model.version)}</p>
      </div>
    </section>
  );
}
