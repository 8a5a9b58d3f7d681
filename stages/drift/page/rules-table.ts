import { dataTable } from '../../pages/data-table.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import { BEYOND_CHANCE, type DriftLimits, type Grades, LEAST_EFFECTIVE_SHARE } from '../limits.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';

interface RuleRow {
  readonly rule: string;
  readonly judges: string;
  readonly watch: string;
  readonly act: string;
}

/** Every rule with its limits: what a waiver may name, and what the policy may change. */
export function rulesTable({ evidently }: DriftResult, limits: DriftLimits, say: Say): Html {
  const { text, percent } = numbersIn(say);
  const plain = (value: number | null): string => (value === null ? '–' : text(value));
  const share = (value: number | null): string => (value === null ? '–' : percent(value, 0));
  const graded = (rule: string, judges: string, grades: Grades, format = plain): RuleRow => ({
    rule,
    judges,
    watch: format(grades.watch),
    act: format(grades.act),
  });
  const chance = say(`, beyond chance (p < ${BEYOND_CHANCE})`, `, au-delà du hasard (p < ${text(BEYOND_CHANCE)})`);
  const rows: readonly RuleRow[] = [
    graded(
      'realised_cost',
      say('realised cost above what was expected', 'coût réalisé au-dessus de l’attendu') + chance,
      limits.realisedCostRise,
      share,
    ),
    graded('estimated_cost', say('rise of the estimated cost a loan', 'hausse du coût estimé par prêt') + chance, limits.costRise, share),
    {
      rule: 'estimate_support',
      judges: say('share of reference rows that resemble the current ones', 'part des lignes de référence semblables aux courantes'),
      watch: `< ${percent(LEAST_EFFECTIVE_SHARE, 0)}`,
      act: '–',
    },
    graded('score_psi', say('PSI of the score', 'PSI du score') + chance, limits.scorePsi),
    {
      rule: 'score_psi_lasting',
      judges: say('score PSI at its watch limit in two batches running', 'PSI du score à sa limite deux lots de suite'),
      watch: '–',
      act: plain(limits.scorePsi.watch),
    },
    graded('weighted_drift', say('drift weighted by importance', 'dérive pondérée par l’importance'), limits.weightedDrift),
    graded(
      'top_feature',
      say(
        'one of the ten most important features; acts only where scores or cost moved too',
        'une des dix variables les plus importantes ; n’agit que si scores ou coût ont bougé aussi',
      ),
      limits.topFeaturePsi,
    ),
    graded('score_shift', say('shift of the mean score, log-odds', 'déplacement du score moyen, log-cotes') + chance, limits.scoreShift),
    {
      rule: 'dataset_drift',
      judges: say('share of columns drifted by Evidently’s rules', 'part de colonnes dérivées selon Evidently'),
      watch: '–',
      act: plain(evidently.driftShare),
    },
    graded('domain_auc', say('lower bound of the classifier’s AUC', 'borne basse de l’AUC du classifieur'), limits.domainAuc),
    graded('reconstruction', say('rise of the PCA error', 'hausse de l’erreur d’ACP') + chance, limits.reconstructionRise, share),
    graded(
      'segment_approval',
      say('shift of a group’s approval rate beyond that of all', 'écart du taux d’acceptation d’un groupe au-delà de tous') + chance,
      limits.segmentApproval,
      share,
    ),
    graded('segment_psi', say('PSI of the score within a group', 'PSI du score dans un groupe') + chance, limits.segmentPsi),
    graded('missing', say('shift of a column’s missing share', 'écart de la part manquante d’une colonne'), limits.missingShift, share),
    graded('unseen', say('share of rows with unseen levels', 'part de lignes aux niveaux inconnus'), limits.unseenShare, share),
    graded(
      'column_psi',
      say('PSI of a column, adjusted for their number', 'PSI d’une colonne, corrigé de leur nombre') + chance,
      limits.columnPsi,
    ),
    {
      rule: 'column_drift',
      judges: say('a column by Evidently’s rules', 'une colonne selon Evidently'),
      watch: say('drift', 'dérive'),
      act: '–',
    },
  ];
  return dataTable<RuleRow>({
    caption: say('Rules and from where on they watch and act', 'Règles, et à partir d’où elles surveillent et agissent'),
    columns: [
      { title: say('Rule', 'Règle'), cell: ({ rule }) => html`<code>${rule}</code>` },
      { title: say('Judges', 'Juge'), cell: ({ judges }) => judges },
      { title: say('Watch', 'À surveiller'), numeric: true, cell: ({ watch }) => watch },
      { title: say('Act', 'Agir'), numeric: true, cell: ({ act }) => act },
    ],
    rows,
  });
}
