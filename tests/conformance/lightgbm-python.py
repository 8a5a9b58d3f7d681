"""Trains and predicts with Python's lightgbm for lightgbm-python.test.ts. Usage: lightgbm-python.py FOLDER

Reads FOLDER/{request.json, data.f32, label.f32} and, where it is there, FOLDER/node.txt; writes python.txt and predictions as float64.
"""

import json
import sys
from pathlib import Path

import lightgbm as lgb
import numpy as np

folder = Path(sys.argv[1])
request = json.loads((folder / "request.json").read_text())
names, parameters = request["columns"], request["parameters"]
data = np.fromfile(folder / "data.f32", dtype=np.float32).reshape(-1, len(names))
label = np.fromfile(folder / "label.f32", dtype=np.float32)
weight = np.fromfile(folder / "weight.f32", dtype=np.float32)

trained = lgb.Booster(parameters, lgb.Dataset(data, label=label, weight=weight, feature_name=names, params=parameters))
for _ in range(request["rounds"]):
    trained.update()
trained.save_model(folder / "python.txt")

loaded = lgb.Booster(model_file=folder / "node.txt")
loaded.predict(data).tofile(folder / "value.f64")
loaded.predict(data, raw_score=True, num_iteration=request["iterationEnd"]).tofile(folder / "margin.f64")
loaded.predict(data, pred_contrib=True).tofile(folder / "contributions.f64")
(folder / "answer.json").write_text(json.dumps({"version": lgb.__version__, "names": loaded.feature_name()}))
