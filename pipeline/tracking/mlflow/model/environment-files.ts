import { TESTED_VERSION } from '../client/health.ts';

export interface ModelEnvironment {
  /** Such as 3.11.7. */
  readonly pythonVersion: string;
  readonly xgboostVersion: string;
}

/** One of the two distributions of XGBoost; the CPU one is not built for macOS. Markers keep it to one line of truth. */
function requirements({ xgboostVersion }: ModelEnvironment): readonly string[] {
  return [
    `mlflow==${TESTED_VERSION}`,
    `xgboost-cpu==${xgboostVersion}; sys_platform != "darwin"`,
    `xgboost==${xgboostVersion}; sys_platform == "darwin"`,
  ];
}

/** The three files from which MLflow builds an environment to serve the model in. */
export function environmentFiles(environment: ModelEnvironment): Readonly<Record<string, string>> {
  const pip = requirements(environment);
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
