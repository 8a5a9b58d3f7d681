"""Loads a model folder as MLflow does, for mlflow-flavors.test.ts. Usage: mlflow-flavors.py FOLDER

Prints {"flavors": [...], "predictions": [...] or null, "error": text or null} for the rows of FOLDER/input_example.json.
"""

import json
import sys
from pathlib import Path

import mlflow
import pandas as pd

folder = Path(sys.argv[1])
answer = {"flavors": sorted(mlflow.models.Model.load(str(folder)).flavors), "predictions": None, "error": None}
try:
    model = mlflow.pyfunc.load_model(str(folder))
    example = json.loads((folder / "input_example.json").read_text())
    frame = pd.DataFrame(example["data"], columns=example["columns"]).astype("float64")
    answer["predictions"] = [float(value) for value in model.predict(frame)]
except mlflow.exceptions.MlflowException as error:
    answer["error"] = str(error)
print(json.dumps(answer))
