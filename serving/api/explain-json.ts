import type { FeatureContribution } from '../scorer/explain-answer.ts';
import type { explainTop } from './endpoints/explain-top.ts';
import { type Page, written } from './page-of-bytes.ts';

/** What a feature's element is made of beside its three numbers, in UTF-8. */
interface Frame {
  readonly of: FeatureContribution;
  /** With the comma that it has as a second one. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** By the description, which a model has one of for each feature as long as it serves. */
const frames = new WeakMap<FeatureContribution['description'], Frame>();

const LIST = '"contributions":[';
const CONTRIBUTION = Buffer.from(',"contribution":');
const BEYOND_REFERENCE = Buffer.from(',"beyondReference":');

/**
 * The bytes of `JSON.stringify(answer)`. A thousand features in two languages are a third of a megabyte, nearly all of it the same for everybody:
 * that part is made once a feature and copied.
 */
export function explainJson(answer: ReturnType<typeof explainTop>): Buffer {
  const { explanation } = answer;
  if (explanation.kind === 'none') return Buffer.from(JSON.stringify(answer));
  const rest = JSON.stringify({ ...answer, explanation: { ...explanation, contributions: [] } });
  // In a text the quotes would be escaped: this is the list's own name.
  const at = rest.indexOf(`${LIST}]`) + LIST.length;
  return written((page) => {
    page.text(rest.slice(0, at));
    explanation.contributions.forEach((each, position) => writeElement(page, each, position > 0));
    page.text(rest.slice(at));
  });
}

function writeElement(page: Page, contribution: FeatureContribution, more: boolean): void {
  const { before, after } = frameOf(contribution);
  const { value, contribution: own, beyondReference } = contribution;
  page.bytes(more ? before : before.subarray(1));
  page.number(value);
  page.bytes(CONTRIBUTION);
  page.number(own);
  page.bytes(BEYOND_REFERENCE);
  page.number(beyondReference);
  page.bytes(after);
}

function frameOf(contribution: FeatureContribution): Frame {
  const { feature, concept, description, prohibited } = contribution;
  const known = frames.get(description);
  if (known !== undefined && known.of.feature === feature && known.of.concept === concept && known.of.prohibited === prohibited)
    return known;
  const frame = {
    of: contribution,
    before: Buffer.from(`,{"feature":${JSON.stringify(feature)},"value":`),
    after: Buffer.from(`,${JSON.stringify({ concept, description, prohibited }).slice(1)}`),
  };
  frames.set(description, frame);
  return frame;
}
