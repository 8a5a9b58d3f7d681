/** Files of a registered model that the gate scores with; each has its sha256 in a tag of the version. */
export const CHAMPION_FILES = ['model.ubj', 'summary.json', 'calibrator.json', 'decision.json'] as const;
