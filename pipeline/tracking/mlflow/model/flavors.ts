/** A model's file as its library saved it. */
export interface SavedModel {
  /** Its name in the folder, such as `model.ubj`. */
  readonly file: string;
  /** What the file is, in the words of whoever saved it. */
  readonly format: string;
  readonly library: string;
  readonly version: string;
}

/**
 * The `flavors` of an `MLmodel`: who can load it. XGBoost and LightGBM come back as Boosters, whose pyfunc gives probabilities
 * (their scikit-learn classes would give labels). For any other library there is no loader in Python: the flavor then only says
 * what the file is, and MLflow's `pyfunc` refuses it in its own words.
 */
export function flavorsOf({ file, format, library, version }: SavedModel, pythonVersion: string): Readonly<Record<string, unknown>> {
  const pyfunc = {
    data: file,
    env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' },
    loader_module: `mlflow.${library}`,
    python_version: pythonVersion,
  };
  switch (library) {
    case 'xgboost':
      return {
        python_function: pyfunc,
        xgboost: { code: null, data: file, model_class: 'xgboost.core.Booster', model_format: 'ubj', xgb_version: version },
      };
    case 'lightgbm':
      return { python_function: pyfunc, lightgbm: { code: null, data: file, lgb_version: version, model_class: 'lightgbm.basic.Booster' } };
    default:
      return { sluice: { data: file, format, library, version } };
  }
}

/** What Python has to have to load it. */
export function requirementsOf({ library, version }: SavedModel): readonly string[] {
  switch (library) {
    case 'xgboost':
      // One of its two distributions; the CPU one is not built for macOS. Markers keep it to one line of truth.
      return [`xgboost-cpu==${version}; sys_platform != "darwin"`, `xgboost==${version}; sys_platform == "darwin"`];
    case 'lightgbm':
      return [`lightgbm==${version}`];
    default:
      return [];
  }
}
