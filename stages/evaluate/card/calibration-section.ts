import { assertNever } from '../../../pipeline/index.ts';
import type { Calibrator } from '../../calibrate/stage.ts';

const names = {
  none: 'which is the same here: no map was better than **none**',
  platt: 'made of it by **Platt scaling**',
  beta: 'made of it by **beta calibration**',
  isotonic: 'made of it by **isotonic regression**',
} as const;

/** How the model's probability becomes the calibrated one, in words and as Python that needs numpy only. */
export function calibrationSection(calibrator: Calibrator): string {
  return [
    `The model’s own output is the probability before calibration. Decisions use the calibrated one, ${names[calibrator.method]}`,
    '(`calibrator.json`, chosen by cross-validation on out-of-fold predictions). In Python, with `p` as the model’s output:',
    '',
    '```python',
    'import numpy as np',
    '',
    'def calibrated(p):',
    '    p = np.asarray(p, dtype=float)',
    ...pythonBody(calibrator).map((line) => `    ${line}`),
    '```',
  ].join('\n');
}

/** Lines of Python that return the calibrated probability of `p`; the numbers are the calibrator's own. */
export function pythonBody(calibrator: Calibrator): string[] {
  const inside = 'p = np.clip(p, np.finfo(float).eps, 1 - np.finfo(float).eps)';
  switch (calibrator.method) {
    case 'none':
      return ['return p'];
    case 'platt':
      return [inside, `z = ${calibrator.a} * (np.log(p) - np.log1p(-p)) + ${calibrator.b}`, 'return 1 / (1 + np.exp(-z))'];
    case 'beta':
      return [inside, `z = ${calibrator.a} * np.log(p) - ${calibrator.b} * np.log1p(-p) + ${calibrator.c}`, 'return 1 / (1 + np.exp(-z))'];
    case 'isotonic':
      return [`x = [${calibrator.x.join(', ')}]`, `y = [${calibrator.y.join(', ')}]`, 'return np.interp(p, x, y)'];
    default:
      return assertNever(calibrator);
  }
}
