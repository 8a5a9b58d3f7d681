/** A model's file as its library saved it. */
export interface SavedModel {
  /** Its name in the folder, such as `model.ubj`. */
  readonly file: string;
  /** What the file is, in the words of whoever saved it. */
  readonly format: string;
  readonly library: string;
  readonly version: string;
}

/** Python that opens a model for MLflow's pyfunc: its `_load_pyfunc(path)` is given the path of the model's file. */
export interface PyfuncLoader {
  /** Name of its module, of letters, digits and _; one for each text, as Python keeps modules by name. */
  readonly module: string;
  readonly source: string;
  readonly sha256: string;
}

/** Folder of the loader beside MLmodel; MLflow puts it on Python's path. */
export const CODE_FOLDER = 'code';

/**
 * The `flavors` of an `MLmodel`: who can load it. XGBoost and LightGBM come back as Boosters from the flavors of that name. The
 * pyfunc is that of the loader that travels with the model; without one, that of MLflow for the two libraries, and none for any
 * other: the flavor `sluice` then only says what the file is.
 */
export function flavorsOf(
  { file, format, library, version }: SavedModel,
  { pythonVersion, loader }: { readonly pythonVersion: string; readonly loader: PyfuncLoader | undefined },
): Readonly<Record<string, unknown>> {
  const known = library === 'xgboost' || library === 'lightgbm';
  const pyfunc = {
    ...(loader === undefined ? {} : { code: CODE_FOLDER }),
    data: file,
    env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' },
    loader_module: loader?.module ?? `mlflow.${library}`,
    python_version: pythonVersion,
  };
  return {
    ...(known || loader !== undefined ? { python_function: pyfunc } : {}),
    ...nativeFlavor({ file, format, library, version }),
  };
}

function nativeFlavor({ file, format, library, version }: SavedModel): Readonly<Record<string, unknown>> {
  switch (library) {
    case 'xgboost':
      return { xgboost: { code: null, data: file, model_class: 'xgboost.core.Booster', model_format: 'ubj', xgb_version: version } };
    case 'lightgbm':
      return { lightgbm: { code: null, data: file, lgb_version: version, model_class: 'lightgbm.basic.Booster' } };
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
