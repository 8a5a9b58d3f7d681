import type { Handle, Out } from '../pointer.ts';

/**
 * Every C function of libxgboost that we call, once, beside its line in `include/xgboost/c_api.h` (3.2.0).
 * `DMatrixHandle` and `BoosterHandle` are `void *`, `bst_ulong` is `uint64_t`. All but the first two return 0, or −1
 * and leave a text in `XGBGetLastError`.
 */
export const signatures = {
  // void XGBoostVersion(int *major, int *minor, int *patch)
  XGBoostVersion: 'void XGBoostVersion(_Out_ int *major, _Out_ int *minor, _Out_ int *patch)',
  // const char *XGBGetLastError(void)
  XGBGetLastError: 'const char *XGBGetLastError()',
  // int XGBRegisterLogCallback(void (*callback)(const char *))
  XGBRegisterLogCallback: 'int XGBRegisterLogCallback(void *callback)',
  // int XGDMatrixCreateFromDense(char const *data, char const *config, DMatrixHandle *out)
  XGDMatrixCreateFromDense: 'int XGDMatrixCreateFromDense(const char *data, const char *config, _Out_ void **out)',
  // int XGProxyDMatrixCreate(DMatrixHandle *out)
  XGProxyDMatrixCreate: 'int XGProxyDMatrixCreate(_Out_ void **out)',
  // int XGProxyDMatrixSetDataDense(DMatrixHandle handle, char const *data)
  XGProxyDMatrixSetDataDense: 'int XGProxyDMatrixSetDataDense(void *handle, const char *data)',
  // int XGQuantileDMatrixCreateFromCallback(DataIterHandle iter, DMatrixHandle proxy, DataIterHandle ref, DataIterResetCallback *reset, XGDMatrixCallbackNext *next, char const *config, DMatrixHandle *out)
  XGQuantileDMatrixCreateFromCallback:
    'int XGQuantileDMatrixCreateFromCallback(void *iter, void *proxy, void *ref, void *reset, void *next, const char *config, _Out_ void **out)',
  // int XGDMatrixFree(DMatrixHandle handle)
  XGDMatrixFree: 'int XGDMatrixFree(void *handle)',
  // int XGDMatrixSetFloatInfo(DMatrixHandle handle, const char *field, const float *array, bst_ulong len)
  XGDMatrixSetFloatInfo: 'int XGDMatrixSetFloatInfo(void *handle, const char *field, const float *array, uint64_t len)',
  // int XGDMatrixSetStrFeatureInfo(DMatrixHandle handle, const char *field, const char **features, const bst_ulong size)
  XGDMatrixSetStrFeatureInfo: 'int XGDMatrixSetStrFeatureInfo(void *handle, const char *field, const char **features, uint64_t size)',
  // int XGBoosterCreate(const DMatrixHandle dmats[], bst_ulong len, BoosterHandle *out)
  XGBoosterCreate: 'int XGBoosterCreate(void **dmats, uint64_t len, _Out_ void **out)',
  // int XGBoosterFree(BoosterHandle handle)
  XGBoosterFree: 'int XGBoosterFree(void *handle)',
  // int XGBoosterSetParam(BoosterHandle handle, const char *name, const char *value)
  XGBoosterSetParam: 'int XGBoosterSetParam(void *handle, const char *name, const char *value)',
  // int XGBoosterUpdateOneIter(BoosterHandle handle, int iter, DMatrixHandle dtrain)
  XGBoosterUpdateOneIter: 'int XGBoosterUpdateOneIter(void *handle, int iter, void *dtrain)',
  // int XGBoosterBoostedRounds(BoosterHandle handle, int *out)
  XGBoosterBoostedRounds: 'int XGBoosterBoostedRounds(void *handle, _Out_ int *out)',
  // int XGBoosterGetNumFeature(BoosterHandle handle, bst_ulong *out)
  XGBoosterGetNumFeature: 'int XGBoosterGetNumFeature(void *handle, _Out_ uint64_t *out)',
  // int XGBoosterPredictFromDMatrix(BoosterHandle handle, DMatrixHandle dmat, char const *config, bst_ulong const **out_shape, bst_ulong *out_dim, float const **out_result)
  XGBoosterPredictFromDMatrix:
    'int XGBoosterPredictFromDMatrix(void *handle, void *dmat, const char *config, _Out_ void **out_shape, _Out_ uint64_t *out_dim, _Out_ void **out_result)',
  // int XGBoosterPredictFromDense(BoosterHandle handle, char const *values, char const *config, DMatrixHandle m, bst_ulong const **out_shape, bst_ulong *out_dim, float const **out_result)
  XGBoosterPredictFromDense:
    'int XGBoosterPredictFromDense(void *handle, const char *values, const char *config, void *dmat, _Out_ void **out_shape, _Out_ uint64_t *out_dim, _Out_ void **out_result)',
  // int XGBoosterSaveModel(BoosterHandle handle, const char *fname)
  XGBoosterSaveModel: 'int XGBoosterSaveModel(void *handle, const char *fname)',
  // int XGBoosterSaveModelToBuffer(BoosterHandle handle, char const *config, bst_ulong *out_len, char const **out_dptr)
  XGBoosterSaveModelToBuffer:
    'int XGBoosterSaveModelToBuffer(void *handle, const char *config, _Out_ uint64_t *out_len, _Out_ void **out_dptr)',
  // int XGBoosterLoadModelFromBuffer(BoosterHandle handle, const void *buf, bst_ulong len)
  XGBoosterLoadModelFromBuffer: 'int XGBoosterLoadModelFromBuffer(void *handle, const void *buf, uint64_t len)',
  // int XGBoosterGetStrFeatureInfo(BoosterHandle handle, const char *field, bst_ulong *len, const char ***out_features)
  XGBoosterGetStrFeatureInfo:
    'int XGBoosterGetStrFeatureInfo(void *handle, const char *field, _Out_ uint64_t *len, _Out_ void **out_features)',
  // int XGBoosterSetStrFeatureInfo(BoosterHandle handle, const char *field, const char **features, const bst_ulong size)
  XGBoosterSetStrFeatureInfo: 'int XGBoosterSetStrFeatureInfo(void *handle, const char *field, const char **features, uint64_t size)',
} as const;

/** The functions with their types as they are called from here. */
export interface XgboostCalls {
  XGBoostVersion(major: Out<number>, minor: Out<number>, patch: Out<number>): void;
  XGBGetLastError(): string;
  XGBRegisterLogCallback(callback: Handle): number;
  XGDMatrixCreateFromDense(data: string, config: string, out: Out<Handle>): number;
  XGProxyDMatrixCreate(out: Out<Handle>): number;
  XGProxyDMatrixSetDataDense(handle: Handle, data: string): number;
  XGQuantileDMatrixCreateFromCallback(
    iter: Handle,
    proxy: Handle,
    ref: Handle,
    reset: Handle,
    next: Handle,
    config: string,
    out: Out<Handle>,
  ): number;
  XGDMatrixFree(handle: Handle): number;
  XGDMatrixSetFloatInfo(handle: Handle, field: string, array: Float32Array, length: number): number;
  XGDMatrixSetStrFeatureInfo(handle: Handle, field: string, features: readonly string[], size: number): number;
  XGBoosterCreate(matrices: readonly Handle[], length: number, out: Out<Handle>): number;
  XGBoosterFree(handle: Handle): number;
  XGBoosterSetParam(handle: Handle, name: string, value: string): number;
  XGBoosterUpdateOneIter(handle: Handle, iteration: number, train: Handle): number;
  XGBoosterBoostedRounds(handle: Handle, out: Out<number>): number;
  XGBoosterGetNumFeature(handle: Handle, out: Out<number>): number;
  XGBoosterPredictFromDMatrix(
    handle: Handle,
    matrix: Handle,
    config: string,
    shape: Out<Handle>,
    dim: Out<number>,
    result: Out<Handle>,
  ): number;
  XGBoosterPredictFromDense(
    handle: Handle,
    values: string,
    config: string,
    matrix: null,
    shape: Out<Handle>,
    dim: Out<number>,
    result: Out<Handle>,
  ): number;
  XGBoosterSaveModel(handle: Handle, path: string): number;
  XGBoosterSaveModelToBuffer(handle: Handle, config: string, length: Out<number>, data: Out<Handle>): number;
  XGBoosterLoadModelFromBuffer(handle: Handle, data: Uint8Array, length: number): number;
  XGBoosterGetStrFeatureInfo(handle: Handle, field: string, length: Out<number>, features: Out<Handle>): number;
  XGBoosterSetStrFeatureInfo(handle: Handle, field: string, features: readonly string[], size: number): number;
}
