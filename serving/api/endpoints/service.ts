import { progressText } from '../../book/prepare/progress-text.ts';
import { setAsideText } from '../../book/set-aside.ts';
import type { Scoring } from '../../scorer/scoring.ts';
import type { ApiServices } from '../api-services.ts';
import { endpoint, EVERYBODY, REVIEWERS } from '../endpoint.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import { healthResponse, meResponse, modelResponse, monitorResponse, readyResponse } from '../schemas/service.ts';
import { PSI_BANDS } from '../../../stages/metrics/psi.ts';
import { LEAST_ANSWERS, type ScoreDrift } from '../score-monitor.ts';
import { decimal } from '../../scorer/answers/number-words.ts';

export const serviceEndpoints = [
  endpoint({
    method: 'GET',
    url: '/health',
    name: 'health',
    tag: 'service',
    roles: 'open',
    summary: 'Whether the process answers',
    response: healthResponse,
    handle: async () => ({ status: 'ok' as const }),
  }),
  endpoint({
    method: 'GET',
    url: '/ready',
    name: 'ready',
    tag: 'service',
    roles: 'open',
    summary: 'Whether calls should be sent here',
    response: readyResponse,
    problems: [503],
    handle: async (_call, services) => {
      const checks = await readyChecks(services);
      const failed = checks.filter(({ ok }) => !ok);
      if (failed.length > 0) throw new HttpProblem('NOT_READY', failed.map(({ name, detail }) => `${name}: ${detail}`).join('; '));
      return { status: 'ready' as const, checks };
    },
  }),
  endpoint({
    method: 'GET',
    url: '/v1/me',
    name: 'me',
    tag: 'service',
    roles: EVERYBODY,
    summary: 'Whose key this is',
    response: meResponse,
    handle: async ({ caller: { name, role } }) => ({ name, role }),
  }),
  endpoint({
    method: 'GET',
    url: '/v1/model',
    name: 'model',
    tag: 'service',
    roles: EVERYBODY,
    summary: 'The model in service: threshold, global explanations, what it came without',
    response: modelResponse,
    handle: async (_call, { scoring }) => modelOf(scoring),
  }),
  endpoint({
    method: 'GET',
    url: '/v1/monitor',
    name: 'monitor',
    tag: 'service',
    roles: REVIEWERS,
    summary: 'Model and data health: drift of scores, challenger in the shadow, decisions, the last drift report',
    response: monitorResponse,
    handle: (_call, services) => monitorOf(services),
  }),
  endpoint({
    method: 'POST',
    url: '/v1/model/refresh',
    name: 'refresh',
    tag: 'service',
    roles: ['admin'],
    summary: 'Ask the registry for the champion now, instead of at the watcher’s next turn',
    response: modelResponse,
    handle: async (_call, { scoring }) => {
      await scoring.refresh();
      return modelOf(scoring);
    },
  }),
];

async function readyChecks({ scoring, decisions, closing }: ApiServices) {
  const { champion, warning } = scoring.status();
  const log = await decisions.head().then(
    ({ id }) => ({ name: 'decisions', ok: true, detail: `${id} logged` }),
    () => ({ name: 'decisions', ok: false, detail: 'the decision log cannot be used' }),
  );
  return [
    { name: 'model', ok: true, detail: `${champion.name} version ${champion.version}${warning === null ? '' : `: ${warning}`}` },
    log,
    // Raw rows are scored while a book is made, or without one: calls should be sent here. One that is there is opened first.
    { name: 'book', ok: scoring.status().preparing?.what !== 'opening', detail: bookDetail(scoring) },
    { name: 'process', ok: !closing.aborted, detail: closing.aborted ? 'shutting down' : 'running' },
  ];
}

function bookDetail(scoring: Scoring): string {
  const { preparing, book, bookFailure } = scoring.status();
  if (preparing?.what === 'opening') return 'being opened';
  if (preparing !== null) return `being prepared: ${progressText(preparing)}`;
  if (bookFailure !== null) return `no applicants: ${bookFailure}`;
  if (book === null) return 'no applicants';
  return `${book.applicants} applicants${book.setAside === null ? '' : `; ${setAsideText(book.setAside)}`}`;
}

function modelOf(scoring: Scoring) {
  const { source, warning, challenger, book } = scoring.status();
  return { ...scoring.overview(), source, warning, challenger, applicants: book?.applicants ?? null };
}

async function monitorOf({ scoring, decisions, monitor, driftReport, evaluation }: ApiServices) {
  const { champion, challenger, scored, explained, swaps, shadow } = scoring.status();
  const drift = monitor.drift(scoring.scoreHistogram());
  return {
    model: champion,
    scored,
    explained,
    swaps,
    scoreDrift: { ...drift, note: driftNote(drift) },
    shadow: challenger === null ? null : { challenger, ...shadow },
    decisions: await decisions.counts(),
    report: await driftReport(),
    evaluation: (await evaluation?.()) ?? null,
  };
}

function driftNote({ status, psi, answers, bins }: ScoreDrift) {
  if (bins.length === 0)
    return {
      en: 'There is no population to compare scores with.',
      fr: 'Il n’y a pas de population à laquelle comparer les scores.',
    };
  if (status === 'unknown' || psi === null)
    return {
      en: `${answers} ${answers === 1 ? 'answer' : 'answers'} so far; ${LEAST_ANSWERS} are needed to say anything.`,
      fr: `${answers} ${answers < 2 ? 'réponse' : 'réponses'} à ce jour ; il en faut ${LEAST_ANSWERS} pour conclure.`,
    };
  const words = {
    ok: { en: 'no drift', fr: 'pas de dérive' },
    watch: { en: 'a shift to watch', fr: 'un décalage à surveiller' },
    act: { en: 'a shift to act on', fr: 'un décalage qui demande une action' },
  }[status];
  return {
    en: `The last ${answers} probabilities of default against the population: stability index ${psi.toFixed(3)}, ${words.en} (${decimal(PSI_BANDS.moved, 'en')} to watch, ${decimal(PSI_BANDS.shifted, 'en')} to act).`,
    fr: `Les ${answers} dernières probabilités de défaut comparées à la population : indice de stabilité ${psi.toFixed(3).replace('.', ',')}, ${words.fr} (surveiller dès ${decimal(PSI_BANDS.moved, 'fr')}, agir dès ${decimal(PSI_BANDS.shifted, 'fr')}).`,
  };
}
