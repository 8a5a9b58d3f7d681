import { expect, test } from '@jest/globals';
import { recordedFiles } from './decision-cases.ts';

/** What a case file's name begins with, and the test that reads all such files. */
const READ_BY: Readonly<Record<string, string>> = {
  bootstrap: 'metrics-bootstrap',
  calibrate_: 'calibrate',
  cbpe_: 'cbpe',
  cost_: 'metrics-cost',
  csi_: 'metrics-psi',
  delong_: 'metrics-delong',
  fairness_: 'metrics-fairness',
  psi_: 'metrics-psi',
  score_: 'metrics-score',
  shap_: 'xgboost-shap',
};

const files = recordedFiles('');

if (files.length === 0)
  test.skip('no recorded truth on decisions is left unread: skipped, no case files (set SLUICE_REFERENCE)', () =>
    expect(files).not.toEqual([]));
else
  test('no recorded truth on decisions is left unread', () => {
    expect(files.filter((file) => !Object.keys(READ_BY).some((prefix) => file.startsWith(prefix)))).toEqual([]);
  });
