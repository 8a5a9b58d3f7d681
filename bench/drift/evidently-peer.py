"""Evidently's drift preset on the same two Parquet files, with its page. Run with a Python that has evidently, pandas and pyarrow."""

import json
import sys
import time

import pandas
from evidently import Report
from evidently.presets import DataDriftPreset

reference, current, page = sys.argv[1:4]
parts = [pandas.read_parquet(path).drop(columns=["SK_ID_CURR", "score", "TARGET"]) for path in (reference, current)]
start = time.process_time()
result = Report([DataDriftPreset()]).run(reference_data=parts[0], current_data=parts[1])
result.save_html(page)
print(json.dumps({"call_cpu_s": round(time.process_time() - start, 1)}))
