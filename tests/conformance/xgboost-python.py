"""Trains and predicts with Python's xgboost for xgboost-python.test.ts. Usage: xgboost-python.py FOLDER

Reads FOLDER/{request.json, data.f32, label.f32} and, where it is there, FOLDER/node.ubj; writes python.ubj and predictions as float32.
"""

import json
import sys
from pathlib import Path

import numpy as np
import xgboost as xgb

folder = Path(sys.argv[1])
request = json.loads((folder / "request.json").read_text())
names, rounds = request["columns"], request["rounds"]
data = np.fromfile(folder / "data.f32", dtype=np.float32).reshape(-1, len(names))
label = np.fromfile(folder / "label.f32", dtype=np.float32)
types = ["c" if name in request["categorical"] else "q" for name in names]
matrix = xgb.DMatrix(data, label=label, feature_names=names, feature_types=types, enable_categorical=True)

trained = xgb.train(request["parameters"], matrix, num_boost_round=rounds)
trained.save_model(folder / "python.ubj")

loaded = xgb.Booster(model_file=folder / "node.ubj")
loaded.predict(matrix).astype(np.float32).tofile(folder / "value.f32")
loaded.predict(matrix, output_margin=True, iteration_range=(0, request["iterationEnd"])).astype(np.float32).tofile(folder / "margin.f32")
loaded.predict(matrix, pred_contribs=True).astype(np.float32).tofile(folder / "contributions.f32")
(folder / "answer.json").write_text(json.dumps({"version": xgb.__version__, "names": loaded.feature_names, "types": loaded.feature_types}))
