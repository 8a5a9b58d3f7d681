import type { Evaluation } from '../../evaluate/evaluation-schema.ts';
import { dataTable } from '../../pages/data-table.ts';
import { decimal, percent, significant } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';

interface Concept {
  readonly concept: string;
  readonly share: number;
  readonly features: readonly Evaluation['importance'][number][];
}

const SHOWN = 4;

/** Mean absolute contribution by concept, the strongest features of each named. */
export function featureSection({ importance, shapAdditivityError }: Evaluation): Html {
  const concepts = byConcept(importance);
  return html`${dataTable<Concept>({
      caption: `Share of the model’s attention by concept: mean absolute contribution to the log-odds over ${importance.length} features`,
      columns: [
        { title: 'Concept', cell: ({ concept }) => concept },
        { title: 'Share', numeric: true, cell: ({ share }) => percent(share) },
        { title: 'Strongest features', cell: strongest },
      ],
      rows: concepts,
    })}
    <p class="note">
      Exact contributions: those of a row sum to its score, with an error of at most ${significant(shapAdditivityError)}. A contribution
      says what the model uses, not what causes a default.
    </p>`;
}

function strongest({ features }: Concept): Html {
  const used = features.filter(({ meanAbsShap }) => meanAbsShap > 0);
  const more = features.length - Math.min(used.length, SHOWN);
  if (used.length === 0) return html`none of ${features.length} used`;
  return html`${used.slice(0, SHOWN).map(({ feature, meanAbsShap }, index) => html`${index > 0 && ', '}<code>${feature}</code> ${decimal(meanAbsShap)}`)}${more > 0 && ` and ${more} more`}`;
}

function byConcept(importance: Evaluation['importance']): readonly Concept[] {
  const total = importance.reduce((sum, { meanAbsShap }) => sum + meanAbsShap, 0);
  const groups = new Map<string, Evaluation['importance'][number][]>();
  for (const entry of importance) groups.set(entry.concept, [...(groups.get(entry.concept) ?? []), entry]);
  const concepts = [...groups].map(([concept, features]) => ({
    concept,
    share: total === 0 ? 0 : features.reduce((sum, { meanAbsShap }) => sum + meanAbsShap, 0) / total,
    features: features.toSorted((a, b) => b.meanAbsShap - a.meanAbsShap || (a.feature < b.feature ? -1 : 1)),
  }));
  return concepts.toSorted((a, b) => b.share - a.share || (a.concept < b.concept ? -1 : 1));
}
