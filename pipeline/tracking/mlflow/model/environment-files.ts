import { TESTED_VERSION } from '../client/health.ts';
import { requirementsOf, type SavedModel } from './flavors.ts';

export interface ModelEnvironment {
  /** Such as 3.11.7. */
  readonly pythonVersion: string;
  readonly saved: SavedModel;
}

/** The three files from which MLflow builds an environment to serve the model in. */
export function environmentFiles(environment: ModelEnvironment): Readonly<Record<string, string>> {
  const pip = [`mlflow==${TESTED_VERSION}`, ...requirementsOf(environment.saved)];
  return {
    'requirements.txt': `${pip.join('\n')}\n`,
    'conda.yaml': [
      'channels:',
      '- conda-forge',
      'dependencies:',
      `- python=${environment.pythonVersion}`,
      '- pip',
      '- pip:',
      ...pip.map((line) => `  - '${line}'`),
      'name: mlflow-env',
      '',
    ].join('\n'),
    'python_env.yaml': [
      `python: ${environment.pythonVersion}`,
      'build_dependencies:',
      '- pip',
      '- setuptools',
      '- wheel',
      'dependencies:',
      '- -r requirements.txt',
      '',
    ].join('\n'),
  };
}
