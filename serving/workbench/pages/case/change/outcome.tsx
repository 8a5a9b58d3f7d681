import { Sign } from '../../../parts/sign.tsx';
import { useWords } from '../../../words/language.tsx';
import { useFormat } from '../../../words/use-format.ts';
import { changeWords } from './change-words.ts';
import type { WhatIfAnswer } from './what-if-answer.ts';

/** What the changed application would get, told as it changes. As a difference: the applicant's own probability stands once, above. */
export function Outcome({ answer: { before, after, changed }, waits }: { readonly answer: WhatIfAnswer; readonly waits: boolean }) {
  const words = useWords(changeWords);
  const format = useFormat();
  const moved = after.probabilityOfDefault.value - before.probabilityOfDefault.value;
  const distance = after.probabilityOfDefault.value - after.threshold.value;
  const size = format.points(moved);
  const by = Math.abs(moved) < 0.0005 ? words.by.same : moved < 0 ? words.by.less(size) : words.by.more(size);
  const points = format.points(distance);
  return (
    <div
      className={`notice ${changed.length === 0 ? 'plain' : after.decision}`}
      role="status"
      aria-busy={waits}
      data-outcome={after.decision}
    >
      {changed.length === 0 ? (
        <p>{words.unchanged}</p>
      ) : (
        <>
          <Sign kind={after.decision} size={26} />
          <div>
            <p>
              {words.outcome} <strong>{words.decision[after.decision]}</strong>
            </p>
            <p>{by}</p>
            <p>{after.decision === 'grant' ? words.spare(points) : words.toGo(points)}</p>
          </div>
        </>
      )}
    </div>
  );
}
