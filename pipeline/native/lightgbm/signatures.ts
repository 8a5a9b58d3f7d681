import type { Handle, Out } from '../pointer.ts';

/**
 * Every C function of lib_lightgbm that we call, once, beside its line in `include/LightGBM/c_api.h` (4.7.0). Handles are `void *`.
 * All but the first return 0, or −1 and leave a text in `LGBM_GetLastError`. Arrays of pointers go in as 64-bit addresses.
 */
export const signatures = {
  // const char* LGBM_GetLastError()
  LGBM_GetLastError: 'const char *LGBM_GetLastError()',
  // int LGBM_RegisterLogCallback(void (*callback)(const char*))
  LGBM_RegisterLogCallback: 'int LGBM_RegisterLogCallback(void *callback)',
  // int LGBM_SetMaxThreads(int num_threads)
  LGBM_SetMaxThreads: 'int LGBM_SetMaxThreads(int num_threads)',
  // int LGBM_DatasetCreateFromMats(int32_t nmat, const void** data, int data_type, int32_t* nrow, int32_t ncol, int* is_row_major, const char* parameters, const DatasetHandle reference, DatasetHandle* out)
  LGBM_DatasetCreateFromMats:
    'int LGBM_DatasetCreateFromMats(int nmat, const void *data, int data_type, const void *nrow, int ncol, const void *is_row_major, const char *parameters, void *reference, _Out_ void **out)',
  // int LGBM_DatasetSetFeatureNames(DatasetHandle handle, const char** feature_names, int num_feature_names)
  LGBM_DatasetSetFeatureNames: 'int LGBM_DatasetSetFeatureNames(void *handle, const char **feature_names, int num_feature_names)',
  // int LGBM_DatasetSetField(DatasetHandle handle, const char* field_name, const void* field_data, int num_element, int type)
  LGBM_DatasetSetField: 'int LGBM_DatasetSetField(void *handle, const char *field_name, const void *field_data, int num_element, int type)',
  // int LGBM_DatasetFree(DatasetHandle handle)
  LGBM_DatasetFree: 'int LGBM_DatasetFree(void *handle)',
  // int LGBM_BoosterCreate(const DatasetHandle train_data, const char* parameters, BoosterHandle* out)
  LGBM_BoosterCreate: 'int LGBM_BoosterCreate(void *train_data, const char *parameters, _Out_ void **out)',
  // int LGBM_BoosterAddValidData(BoosterHandle handle, const DatasetHandle valid_data)
  LGBM_BoosterAddValidData: 'int LGBM_BoosterAddValidData(void *handle, void *valid_data)',
  // int LGBM_BoosterGetPredict(BoosterHandle handle, int data_idx, int64_t* out_len, double* out_result)
  LGBM_BoosterGetPredict: 'int LGBM_BoosterGetPredict(void *handle, int data_idx, _Out_ int64_t *out_len, void *out_result)',
  // int LGBM_BoosterLoadModelFromString(const char* model_str, int* out_num_iterations, BoosterHandle* out)
  LGBM_BoosterLoadModelFromString:
    'int LGBM_BoosterLoadModelFromString(const void *model_str, _Out_ int *out_num_iterations, _Out_ void **out)',
  // int LGBM_BoosterFree(BoosterHandle handle)
  LGBM_BoosterFree: 'int LGBM_BoosterFree(void *handle)',
  // int LGBM_BoosterUpdateOneIter(BoosterHandle handle, int* produced_empty_tree)
  LGBM_BoosterUpdateOneIter: 'int LGBM_BoosterUpdateOneIter(void *handle, _Out_ int *produced_empty_tree)',
  // int LGBM_BoosterGetCurrentIteration(BoosterHandle handle, int* out_iteration)
  LGBM_BoosterGetCurrentIteration: 'int LGBM_BoosterGetCurrentIteration(void *handle, _Out_ int *out_iteration)',
  // int LGBM_BoosterPredictForMats(BoosterHandle handle, const void** data, int data_type, int32_t nrow, int32_t ncol, int predict_type, int start_iteration, int num_iteration, const char* parameter, int64_t* out_len, double* out_result)
  LGBM_BoosterPredictForMats:
    'int LGBM_BoosterPredictForMats(void *handle, const void *data, int data_type, int nrow, int ncol, int predict_type, int start_iteration, int num_iteration, const char *parameter, _Out_ int64_t *out_len, void *out_result)',
  // int LGBM_BoosterSaveModelToString(BoosterHandle handle, int start_iteration, int num_iteration, int feature_importance_type, int64_t buffer_len, int64_t* out_len, char* out_str)
  LGBM_BoosterSaveModelToString:
    'int LGBM_BoosterSaveModelToString(void *handle, int start_iteration, int num_iteration, int feature_importance_type, int64_t buffer_len, _Out_ int64_t *out_len, void *out_str)',
} as const;

/** The functions with their types as they are called from here. */
export interface LightgbmCalls {
  LGBM_GetLastError(): string;
  LGBM_RegisterLogCallback(callback: Handle): number;
  LGBM_SetMaxThreads(threads: number): number;
  LGBM_DatasetCreateFromMats(
    count: number,
    data: BigUint64Array,
    type: number,
    rows: Int32Array,
    columns: number,
    rowMajor: Int32Array,
    parameters: string,
    reference: Handle,
    out: Out<Handle>,
  ): number;
  LGBM_DatasetSetFeatureNames(handle: Handle, names: readonly string[], count: number): number;
  LGBM_DatasetSetField(handle: Handle, field: string, data: Float32Array, length: number, type: number): number;
  LGBM_DatasetFree(handle: Handle): number;
  LGBM_BoosterCreate(train: Handle, parameters: string, out: Out<Handle>): number;
  LGBM_BoosterAddValidData(handle: Handle, valid: Handle): number;
  LGBM_BoosterGetPredict(handle: Handle, data: number, length: Out<number>, result: Float64Array): number;
  LGBM_BoosterLoadModelFromString(text: Uint8Array, iterations: Out<number>, out: Out<Handle>): number;
  LGBM_BoosterFree(handle: Handle): number;
  LGBM_BoosterUpdateOneIter(handle: Handle, empty: Out<number>): number;
  LGBM_BoosterGetCurrentIteration(handle: Handle, out: Out<number>): number;
  LGBM_BoosterPredictForMats(
    handle: Handle,
    data: BigUint64Array,
    type: number,
    rows: number,
    columns: number,
    predict: number,
    start: number,
    count: number,
    parameters: string,
    length: Out<number>,
    result: Float64Array,
  ): number;
  LGBM_BoosterSaveModelToString(
    handle: Handle,
    start: number,
    count: number,
    importance: number,
    capacity: number,
    length: Out<number>,
    text: Uint8Array,
  ): number;
}
