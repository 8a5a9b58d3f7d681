import type { ChampionComparison } from './comparison.ts';
import type { RuleResult, Verdict } from './stage.ts';

/** The verdict for a pull request or an archive, GitHub's Markdown. No date and no run id: equal work gives equal bytes. */
export function verdictMarkdown(verdict: Verdict, comparison: ChampionComparison | null): string {
  const waived = verdict.rules.filter(({ passed, waiver }) => !passed && waiver?.state === 'in force').length;
  return [
    `# Gate: ${verdict.verdict}${waived > 0 ? `, with ${waived} waiver${waived === 1 ? '' : 's'}` : ''}`,
    '',
    `Compared with: ${verdict.against}.`,
    '',
    '| Rule | Result | Value | Limit | Reason |',
    '|---|---|---|---|---|',
    ...verdict.rules.map(row),
    ...waivers(verdict),
    ...(comparison === null ? [] : duel(comparison)),
    '',
  ].join('\n');
}

function row(result: RuleResult): string {
  return `| ${result.rule} | ${outcome(result)} | ${number(result.value)} | ${number(result.limit)} | ${cell(result.reason)} |`;
}

/** One word on a rule's result. */
export function outcome({ passed, severity, waiver }: RuleResult): 'passed' | 'waived' | 'warning' | 'failed' {
  if (passed) return 'passed';
  if (waiver?.state === 'in force') return 'waived';
  return severity === 'warning' ? 'warning' : 'failed';
}

function waivers({ waivers: all = [] }: Verdict): string[] {
  if (all.length === 0) return [];
  const rows = all.map(
    (waiver) => `| ${waiver.rule} | ${cell(waiver.author)} | ${cell(waiver.reason)} | ${waiver.expires} | ${waiver.state} |`,
  );
  return ['', '## Waivers', '', '| Rule | Author | Reason | Last day | State |', '|---|---|---|---|---|', ...rows];
}

function duel({ metrics, swap, rows }: ChampionComparison): string[] {
  const lines = metrics.map(
    ({ metric, challenger, champion, difference, lo, hi }) =>
      `| ${metric} | ${number(challenger)} | ${number(champion)} | ${number(difference)} (${number(lo)} to ${number(hi)}) |`,
  );
  const swaps = (['bothGrant', 'swappedIn', 'swappedOut', 'bothRefuse'] as const).map((name) => {
    const { rows: count, positives, defaultRate } = swap[name];
    return `| ${SWAP_WORDS[name]} | ${count} | ${positives} | ${number(defaultRate)} |`;
  });
  return [
    '',
    `## Against the champion, on the same ${rows} rows`,
    '',
    '| Metric | This model | Champion | Difference (95%, paired) |',
    '|---|---|---|---|',
    ...lines,
    '',
    `Swap set: the changes add ${number(swap.costChange)} to the cost per applicant.`,
    '',
    '| Applicants | Rows | Defaulted | Rate |',
    '|---|---|---|---|',
    ...swaps,
  ];
}

const SWAP_WORDS = {
  bothGrant: 'granted by both',
  swappedIn: 'granted by this model only',
  swappedOut: 'granted by the champion only',
  bothRefuse: 'refused by both',
} as const;

function number(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(5)));
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
