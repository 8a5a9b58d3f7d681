import { FittedEncoder } from '../../../stages/encode/fitted-encoder.ts';
import { ApplicantFeatures, type FeatureRow } from '../../../stages/features/applicant-features.ts';
import type { RawRows } from '../../../stages/features/raw-columns.ts';
import { fittedStateOf } from '../fitted-state.ts';
import { neededFamilies, requireMade } from '../needed-families.ts';
import type { FeatureModel } from './feature-requests.ts';

export interface MakerTools {
  readonly projectDir: string;
  readonly tempDir: string;
}

/** Makes the input of one model: features by the batch's SQL, fitted columns by the state that travels with the version. */
export class FeatureMaker implements Disposable {
  readonly model: FeatureModel;
  readonly #applicants: ApplicantFeatures;
  readonly #encoder: FittedEncoder | null;

  private constructor(model: FeatureModel, applicants: ApplicantFeatures, encoder: FittedEncoder | null) {
    this.model = model;
    this.#applicants = applicants;
    this.#encoder = encoder;
  }

  /** @throws SluiceError ARTIFACT_SCHEMA for a feature that this program does not make, MODEL_DAMAGED for a state that is not whole */
  static async open(model: FeatureModel, { projectDir, tempDir }: MakerTools): Promise<FeatureMaker> {
    const stateDir = fittedStateOf(model.folder);
    const encoder = stateDir === null ? null : await FittedEncoder.open({ stateDir, projectDir, tempDir });
    const applicants = await ApplicantFeatures.open({ tempDir, families: neededFamilies(model.features) }).catch((error: unknown) => {
      encoder?.[Symbol.dispose]();
      throw error;
    });
    const maker = new FeatureMaker(model, applicants, encoder);
    try {
      // Plans all that an applicant takes, and shows which columns come of it.
      const made = await maker.#columns({ application_train: [{ SK_ID_CURR: 1 }] });
      requireMade(model.features, new Set(Object.keys(made)), model.folder);
      return maker;
    } catch (error) {
      maker[Symbol.dispose]();
      throw error;
    }
  }

  /** The model's input, Float32 with NaN for unknown. @throws SluiceError DATA_BAD_VALUE for a column or value that a raw table cannot hold */
  async row(rows: RawRows): Promise<Float32Array> {
    const made = await this.#columns(rows);
    return Float32Array.from(this.model.features, (name) => {
      const value = made[name];
      return typeof value === 'number' ? value : Number.NaN;
    });
  }

  [Symbol.dispose](): void {
    this.#applicants[Symbol.dispose]();
    this.#encoder?.[Symbol.dispose]();
  }

  async #columns(rows: RawRows): Promise<FeatureRow> {
    const features = await this.#applicants.features(rows);
    const [fitted = {}] = this.#encoder === null ? [] : await this.#encoder.of(rows, features);
    const [row = {}] = features;
    return { ...row, ...fitted };
  }
}
