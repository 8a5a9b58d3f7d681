import { type Block, text } from '../blocks/block.ts';
import { quoteFrom } from '../blocks/cite.ts';
import { fixed } from '../blocks/formats.ts';
import type { Evidence } from '../evidence.ts';
import { pythonBody } from './python-body.ts';

const METHODS = ['none', 'platt', 'beta', 'isotonic'] as const;

/** How the model's probability becomes the calibrated one: chosen against which others, and as Python that needs numpy only. */
export function calibrationBlocks({ calibrator, calibrationMetrics }: Evidence): readonly Block[] {
  const [of, metric] = [quoteFrom('calibrator', calibrator), quoteFrom('calibrationMetrics', calibrationMetrics)];
  return [
    text`Chosen: ${of(({ method }) => method)}, by cross-validation on out-of-fold predictions. Decisions use the calibrated probability; the model’s own output is the one before.`,
    {
      kind: 'table',
      caption: 'Cross-validated log-loss, Brier score and calibration error of each method',
      head: ['Method', 'Log-loss', 'Brier', 'Calibration error'],
      rows: METHODS.filter((method) => calibrationMetrics[`calibration_log_loss_${method}`] !== undefined).map((method) => [
        [method],
        ...(['log_loss', 'brier', 'ece'] as const).map((name) => [metric((all) => all[`calibration_${name}_${method}`], fixed(5))]),
      ]),
    },
    {
      kind: 'code',
      language: 'python',
      lines: [
        'import numpy as np',
        '',
        'def calibrated(p):',
        '    p = np.asarray(p, dtype=float)',
        ...pythonBody(calibrator).map((line) => `    ${line}`),
      ],
    },
  ];
}
