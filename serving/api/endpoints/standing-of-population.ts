import type { Standing } from '../../scorer/population-answer.ts';
import type { Scoring } from '../../scorer/scoring.ts';

const known = new WeakMap<Scoring, { readonly sha256: string; readonly standing: Standing | null }>();

/** How the probability of default is spread over the population of the model in service; null where it has none. Asked once a model. */
export async function standingOfPopulation(scoring: Scoring): Promise<Standing | null> {
  const { sha256 } = scoring.status().champion;
  const before = known.get(scoring);
  if (before?.sha256 === sha256) return before.standing;
  // The histogram is the same whoever stands in it.
  const { ids } = await scoring.applicants({ limit: 1 }).catch(() => ({ ids: [] }));
  const [id] = ids;
  const standing =
    id === undefined
      ? null
      : await scoring.population({ id }).then(
          (answer) => answer.standing,
          () => null,
        );
  known.set(scoring, { sha256, standing });
  return standing;
}
