import { type Block, code, text } from '../blocks/block.ts';
import { derive, quoteFrom } from '../blocks/cite.ts';
import { fixed, whole } from '../blocks/formats.ts';
import type { Evidence } from '../evidence.ts';

/** What was trained on what, and which features the model may not see. */
export function trainingBlocks({ summary, trainMetrics, catalogue }: Evidence): readonly Block[] {
  const [of, metric] = [quoteFrom('summary', summary), quoteFrom('trainMetrics', trainMetrics)];
  const used = new Set(summary.features);
  const seen = catalogue.filter((entry) => entry.prohibited && used.has(entry.name)).map(({ name }) => name);
  return [
    text`Class weights: ${of(({ classWeight }) => classWeight)}. Mean AUC of the validation folds ${metric((all) => all['cv_auc'], fixed(4))}, standard deviation ${metric((all) => all['cv_auc_sd'], fixed(4))}; the rounds kept for a fold were chosen on the other folds.`,
    {
      kind: 'table',
      caption: 'Validation folds',
      head: ['Fold', 'Clients', 'Defaulted', 'AUC', 'Rounds'],
      rows: summary.folds.map((_, index) => [
        [of(({ folds }) => folds[index]?.fold)],
        [of(({ folds }) => folds[index]?.rows, whole)],
        [of(({ folds }) => folds[index]?.positives, whole)],
        [of(({ folds }) => folds[index]?.auc, fixed(4))],
        [of(({ folds }) => folds[index]?.rounds, whole)],
      ]),
    },
    {
      kind: 'table',
      caption: 'Parameters',
      head: ['Parameter', 'Value'],
      rows: Object.keys(summary.parameters).map((name) => [[code(name)], [of(({ parameters }) => parameters[name])]]),
    },
    featureTable(summary.features, catalogue),
    summary.prohibited.length === 0
      ? text`No feature was left out as prohibited.`
      : text`Left out as prohibited: ${summary.prohibited.flatMap((_, index) => [...(index === 0 ? [] : [', ']), code(of(({ prohibited }) => prohibited[index]))])}. They are measured, not used.`,
    ...(seen.length === 0
      ? []
      : [
          text`Used although prohibited: ${seen.map((name) => code(name)).flatMap((name, index) => (index === 0 ? [name] : [', ', name]))}.`,
        ]),
  ];
}

/** How many features of each raw table the model has. */
function featureTable(features: readonly string[], catalogue: Evidence['catalogue']): Block {
  const used = new Set(features);
  const of = quoteFrom('catalogue', catalogue);
  const tables = new Map<string, number[]>();
  catalogue.forEach(({ name, table }, index) => {
    if (used.has(name)) tables.set(table, [...(tables.get(table) ?? []), index]);
  });
  return {
    kind: 'table',
    caption: 'Features by raw table',
    head: ['Table', 'Features'],
    rows: [...tables]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([table, entries]) => [[code(table)], [derive(entries.length, whole, [of((all) => all[entries[0] ?? 0]?.table)])]]),
  };
}
