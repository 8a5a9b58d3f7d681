import { assertNever } from '../../../pipeline/index.ts';
import type { Calibrator } from '../../calibrate/stage.ts';

/** Lines of Python that return the calibrated probability of `p`; the numbers are the calibrator's own. */
export function pythonBody(calibrator: Calibrator): readonly string[] {
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
