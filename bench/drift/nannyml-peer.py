"""NannyML's univariate drift (its default method) and its CBPE of the AUC on the same two Parquet files. Run with a Python that has nannyml and pyarrow."""

import json
import sys
import time

import nannyml
import pandas

reference, current = (pandas.read_parquet(path) for path in sys.argv[1:3])
columns = [name for name in reference.columns if name not in ("SK_ID_CURR", "score", "TARGET")]
start = time.process_time()
univariate = nannyml.UnivariateDriftCalculator(column_names=columns, chunk_number=10).fit(reference)
drift = univariate.calculate(current)
for part in (reference, current):
    part["refused"] = (part["score"] >= 1 / 11).astype(int)
cbpe = nannyml.CBPE(y_pred_proba="score", y_pred="refused", y_true="TARGET", metrics=["roc_auc"], problem_type="classification_binary", chunk_number=10)
performance = cbpe.fit(reference).estimate(current)
print(json.dumps({"call_cpu_s": round(time.process_time() - start, 1), "columns": len(columns), "chunks": len(performance.to_df())}))
