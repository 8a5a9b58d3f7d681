/** The part that we use of ml-xgboost 1.1.2, which has no types: an old XGBoost in WebAssembly. */
declare module 'ml-xgboost' {
  export interface SavedMlXgboost {
    readonly name: string;
    /** Signed bytes. */
    readonly model: readonly number[];
    readonly options: Readonly<Record<string, string | number>>;
  }
  export interface MlXgboostModel {
    train(rows: readonly (readonly number[])[], labels: readonly number[]): void;
    predict(rows: readonly (readonly number[])[]): number[];
    toJSON(): SavedMlXgboost;
    free(): void;
  }
  export interface MlXgboostClass {
    new (options: Readonly<Record<string, string | number>>): MlXgboostModel;
    load(saved: SavedMlXgboost): MlXgboostModel;
  }
  const loading: PromiseLike<MlXgboostClass>;
  export default loading;
}
