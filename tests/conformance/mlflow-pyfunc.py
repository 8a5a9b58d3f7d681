"""Loads model folders as MLflow does, for mlflow-pyfunc.test.ts. Usage: mlflow-pyfunc.py FOLDER...

Prints {folder name: {"raw", "calibrated", "shuffled", "signature_params", "missing", "flavors"}} for the rows of rows.json beside
the folders.
"""

import json
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
import mlflow
import pandas as pd

answers = {}
for folder in map(Path, sys.argv[1:]):
    example = json.loads((folder.parent / "rows.json").read_text())
    frame = pd.DataFrame(example["data"], columns=example["columns"]).astype("float64")
    model = mlflow.pyfunc.load_model(str(folder))

    def predictions(data, **params):
        return [float(value) for value in model.predict(data, **params)]

    try:
        model.predict(frame.drop(columns=example["columns"][:1]))
        missing = None
    except Exception as error:
        missing = type(error).__name__ + ": " + str(error)
    answers[folder.name] = {
        "raw": predictions(frame),
        "calibrated": predictions(frame, params={"calibrated": True}),
        "shuffled": predictions(frame[frame.columns[::-1]].assign(extra=1.5), params={"calibrated": False}),
        "signature_params": [param.name for param in model.metadata.signature.params],
        "missing": missing,
        "flavors": sorted(model.metadata.flavors),
    }
print(json.dumps(answers))
