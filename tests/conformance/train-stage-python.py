"""Trains what the train stage trained, from what it tells of it, for train-stage-python.test.ts. Usage: train-stage-python.py FOLDER

Reads FOLDER/{summary.json, data.f32, label.f32}, rows by client and columns as in the summary; writes the model to FOLDER/python.model.
"""

import json
import sys
from pathlib import Path

import numpy as np

folder = Path(sys.argv[1])
summary = json.loads((folder / "summary.json").read_text())
names, parameters, categories = summary["features"], summary["parameters"], summary.get("categories", {})
data = np.fromfile(folder / "data.f32", dtype=np.float32).reshape(-1, len(names))
label = np.fromfile(folder / "label.f32", dtype=np.float32)
weight = None if summary["positiveWeight"] == 1 else np.where(label == 1, np.float32(summary["positiveWeight"]), np.float32(1))
for name, levels in categories.items():
    column = data[:, names.index(name)]
    column[np.isin(column, [code for code, level in enumerate(levels) if not level["known"]])] = np.nan

if summary["library"] == "xgboost":
    import xgboost as xgb

    types = ["c" if name in categories else "q" for name in names] if categories else None
    rows = xgb.QuantileDMatrix(
        data,
        label=label,
        weight=weight,
        max_bin=parameters["max_bin"],
        feature_names=names,
        feature_types=types,
        enable_categorical=bool(categories),
    )
    booster = xgb.train(parameters, rows, num_boost_round=summary["rounds"])
    (folder / "python.model").write_bytes(booster.save_raw("ubj"))
else:
    import lightgbm as lgb

    rows = lgb.Dataset(data, label=label, weight=weight, feature_name=names, params=parameters)
    booster = lgb.Booster(parameters, rows)
    for _ in range(summary["rounds"]):
        booster.update()
    booster.save_model(folder / "python.model")
