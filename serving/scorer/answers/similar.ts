import { shareOf } from '../../book/share-of.ts';
import type { Neighbour, Population } from '../../book/population.ts';
import type { SimilarAnswer } from '../population-answer.ts';
import type { ScoreWords } from './score-words.ts';
import { populationFacts } from './standing.ts';

/** Neighbours with what became of them. */
export function similarOf(population: Population, nearest: readonly Neighbour[], words: ScoreWords): Omit<SimilarAnswer, 'score'> {
  const clients = nearest.map(({ at, distance }): SimilarAnswer['clients'][number] => {
    const probability = population.calibrated[at] ?? Number.NaN;
    return {
      id: population.idAt(at),
      distance,
      probabilityOfDefault: probability,
      decision: words.refuses(probability) ? 'refuse' : 'grant',
      outcome: population.outcomes[at] === 1 ? 'defaulted' : 'repaid',
    };
  });
  const defaulted = clients.filter(({ outcome }) => outcome === 'defaulted').length;
  return { clients, observedDefaultRate: shareOf(defaulted, clients.length), population: populationFacts(population) };
}
