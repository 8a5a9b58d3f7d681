import { decimal, percent, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { ExactExplanations } from '../explanations-schema.ts';

type Faithfulness = ExactExplanations['faithfulness'];

/** The outcome as a heading. */
export function faithfulnessSentence(test: Faithfulness): string {
  if (test === null) return 'Nobody was refused for whom reasons could be tested.';
  return test.difference.lo > 0
    ? 'The reasons given are those that move the score.'
    : 'The reasons given do not clearly move the score more than others.';
}

/** The deletion test, in words. */
export function faithfulnessSection(test: Faithfulness): Html {
  if (test === null) return html`<p>No refused applicant had both reasons and others to compare them with.</p>`;
  const { clients, draws, named, random, difference, shareLarger } = test;
  return html`<p>
      For ${whole(clients)} refused applicants the features of the reasons given were set to what is typical in the reference population,
      and the real model scored them again. Their log-odds fell by <strong>${decimal(named)}</strong> on average. With as many reasons drawn
      at random from those not given (${whole(draws)} draws each) they fell by ${decimal(random)}.
    </p>
    <p>
      The difference is ${decimal(difference.value)} (95% ${decimal(difference.lo)} to ${decimal(difference.hi)}, bootstrap over
      applicants); it is positive for ${percent(shareLarger)} of them.
    </p>`;
}
