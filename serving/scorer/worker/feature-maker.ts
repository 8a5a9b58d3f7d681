import { type EncoderPlan, FittedEncoder } from '../../../stages/encode/fitted-encoder.ts';
import { ApplicantFeatures, type ApplicantPlan, type FeatureRow } from '../../../stages/features/applicant-features.ts';
import { NotInterpreted } from '../../../stages/features/plan/plan-node.ts';
import type { RawRows } from '../../../stages/features/raw-columns.ts';
import { fittedStateOf } from '../fitted-state.ts';
import { neededFamilies, requireMade } from '../needed-families.ts';
import type { FeatureModel } from './feature-requests.ts';

export interface MakerTools {
  readonly projectDir: string;
  readonly tempDir: string;
}

/** How a model's input is made of raw rows, as DuckDB planned it: plain data. */
export interface FeaturePlans {
  readonly applicant: ApplicantPlan;
  /** Null for a model without fitted columns. */
  readonly encoder: EncoderPlan | null;
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

  /** DuckDB's plans of a model's SQL. @throws SluiceError MODEL_DAMAGED for a state that is not whole */
  static async plan({ folder, features }: FeatureModel, { projectDir, tempDir }: MakerTools): Promise<FeaturePlans> {
    const stateDir = fittedStateOf(folder);
    return {
      encoder: stateDir === null ? null : await FittedEncoder.plan({ stateDir, projectDir, tempDir }),
      applicant: await ApplicantFeatures.plan({ tempDir, families: neededFamilies(features) }),
    };
  }

  /**
   * By plans alone: `row` throws NotInterpreted where DuckDB itself would be needed.
   * @throws SluiceError ARTIFACT_SCHEMA for a feature that this program does not make, MODEL_DAMAGED for a state that is not whole
   */
  static async planned(model: FeatureModel, { applicant, encoder }: FeaturePlans, { projectDir }: MakerTools): Promise<FeatureMaker> {
    const stateDir = fittedStateOf(model.folder);
    const fitted = stateDir === null || encoder === null ? null : await FittedEncoder.planned(encoder, { stateDir, projectDir });
    return await checked(new FeatureMaker(model, ApplicantFeatures.planned(applicant), fitted));
  }

  /** By DuckDB itself, whatever the rows: the same bits, ten times as long. @throws SluiceError as {@link planned} */
  static async open(model: FeatureModel, { projectDir, tempDir }: MakerTools): Promise<FeatureMaker> {
    const stateDir = fittedStateOf(model.folder);
    const encoder = stateDir === null ? null : await FittedEncoder.open({ stateDir, projectDir, tempDir, engine: 'duckdb' });
    const open = ApplicantFeatures.open({ tempDir, families: neededFamilies(model.features), engine: 'duckdb' });
    const applicants = await open.catch((error: unknown) => {
      encoder?.[Symbol.dispose]();
      throw error;
    });
    return await checked(new FeatureMaker(model, applicants, encoder));
  }

  /**
   * The model's input, Float32 with NaN for unknown.
   * @throws SluiceError DATA_BAD_VALUE for a column or value that a raw table cannot hold; NotInterpreted, of plans alone
   */
  async row(rows: RawRows): Promise<Float32Array> {
    const made = await this.columns(rows);
    return Float32Array.from(this.model.features, (name) => {
      const value = made[name];
      return typeof value === 'number' ? value : Number.NaN;
    });
  }

  async columns(rows: RawRows): Promise<FeatureRow> {
    const features = await this.#applicants.features(rows);
    const [fitted = {}] = this.#encoder === null ? [] : await this.#encoder.of(rows, features);
    const [row = {}] = features;
    return { ...row, ...fitted };
  }

  [Symbol.dispose](): void {
    this.#applicants[Symbol.dispose]();
    this.#encoder?.[Symbol.dispose]();
  }
}

/** Goes once through all that an applicant takes, and shows which columns come of it. */
async function checked(maker: FeatureMaker): Promise<FeatureMaker> {
  try {
    const made = await maker.columns({ application_train: [{ SK_ID_CURR: 1 }] }).catch((error: unknown) => {
      if (error instanceof NotInterpreted) return null;
      throw error;
    });
    if (made !== null) requireMade(maker.model.features, new Set(Object.keys(made)), maker.model.folder);
    return maker;
  } catch (error) {
    maker[Symbol.dispose]();
    throw error;
  }
}
