import { bandOf } from '../../book/calibration-bands.ts';
import type { Population } from '../../book/population.ts';
import type { ProbabilityOfDefault } from '../score-answer.ts';
import { percent } from './number-words.ts';

/** The calibrated probability, with what was observed among clients of a like one. */
export function probabilityOf(value: number, population: Population | null): ProbabilityOfDefault {
  const band = population === null ? undefined : bandOf(population.record.bands, value);
  if (band === undefined) {
    return {
      value,
      low: null,
      high: null,
      note: {
        en: 'There is no record here of clients with a like probability to hold it against.',
        fr: 'Aucun historique de clients de probabilité voisine n’est disponible ici pour la confronter.',
      },
    };
  }
  const { clients, defaults, low, high } = band;
  return {
    value,
    low,
    high,
    note: {
      en: `Of ${clients} past clients with a like probability ${defaults} defaulted: between ${percent(low, 'en')} and ${percent(high, 'en')} with 95% confidence.`,
      fr: `Sur ${clients} clients passés de probabilité voisine, ${defaults} ont été en défaut : entre ${percent(low, 'fr')} et ${percent(high, 'fr')} avec 95 % de confiance.`,
    },
  };
}
