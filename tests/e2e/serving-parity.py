"""Scores rows with the registered champion in Python: argv is tracking URI, float32 file, JSON list of columns; prints JSON."""

import json
import sys

import mlflow
import numpy as np
import pandas as pd

uri, rows, columns = sys.argv[1:4]
mlflow.set_tracking_uri(uri)
names = json.load(open(columns))
frame = pd.DataFrame(np.fromfile(rows, dtype="<f4").reshape(-1, len(names)), columns=names)
model = mlflow.pyfunc.load_model("models:/credit-scoring@champion")
raw = model.predict(frame)
calibrated = model.predict(frame, params={"calibrated": True})
print(json.dumps({"raw": [float(p) for p in raw], "calibrated": [float(p) for p in calibrated]}))
