"""What a Python colleague sees of a registered model. Knows MLflow and pandas, nothing of Sluice. Prints one JSON object."""
import json
import sys
import warnings

warnings.filterwarnings("ignore")
import mlflow
import numpy as np
import pandas as pd
import xgboost
from mlflow import MlflowClient

uri, inputs_csv = sys.argv[1:3]
mlflow.set_tracking_uri(uri)
client = MlflowClient()
name = "credit-scoring"
champion = f"models:/{name}@champion"
frame = pd.read_csv(inputs_csv)
keys = frame.pop("SK_ID_CURR")
columns = list(frame.columns)
out = {}


def predictions(model, data):
    return [float(value) for value in model.predict(data)]


version = client.get_model_version_by_alias(name, "champion")
run = client.get_run(version.run_id)
model_id = version.source.removeprefix("models:/")
logged = mlflow.get_logged_model(model_id)
pyfunc = mlflow.pyfunc.load_model(champion)
booster = mlflow.xgboost.load_model(champion)
wide = frame.astype("float64")
out["pyfunc"] = predictions(pyfunc, wide)
out["pyfunc32"] = predictions(pyfunc, frame.astype("float32"))
shuffled = wide[columns[::-1]].assign(extra="x")
out["shuffled"] = predictions(pyfunc, shuffled)
out["by_version"] = predictions(mlflow.pyfunc.load_model(f"models:/{name}/{version.version}"), wide)
out["by_id"] = predictions(mlflow.pyfunc.load_model(f"models:/{model_id}"), wide)
out["xgboost"] = [float(value) for value in booster.predict(xgboost.DMatrix(wide))]
out["keys"] = [int(key) for key in keys]


def raised(work):
    try:
        work()
        return None
    except Exception as error:
        return type(error).__name__


out["missing_column"] = raised(lambda: pyfunc.predict(wide.drop(columns=columns[:1])))
out["int64_column"] = raised(lambda: pyfunc.predict(wide.assign(CNT_CHILDREN=[5] * len(wide))))

info = mlflow.models.get_model_info(champion)
out["inputs"] = [[column.name, column.type.name, column.required] for column in info.signature.inputs]
out["outputs"] = [column.type.name for column in info.signature.outputs]
folder = mlflow.artifacts.download_artifacts(champion)
out["example"] = predictions(pyfunc, pyfunc.input_example)
out["example_by_hand"] = predictions(pyfunc, pd.DataFrame(**json.load(open(folder + "/input_example.json"))))
descriptor = mlflow.models.Model.load(folder)
out["descriptor_keys"] = sorted(descriptor.to_dict())
out["descriptor_ids"] = [descriptor.model_id == model_id, descriptor.run_id == run.info.run_id, descriptor.model_uuid == model_id]

# The documented snippet, as it stands on the run's page.
snippet = run.data.tags["mlflow.note.content"].split("```python\n")[1].split("```")[0]
scope = {"frame": frame}
exec(snippet, scope)
out["calibrated"] = [float(value) for value in scope["pd_calibrated"]]
out["refuse"] = [bool(value) for value in scope["refuse"]]

out["run"] = {
    "status": run.info.status,
    "name": run.info.run_name,
    "user": run.info.user_id,
    "times": [run.info.start_time, run.info.end_time],
    "metrics": run.data.metrics,
    "params": run.data.params,
    "tags": run.data.tags,
    "outputs": [output.model_id for output in run.outputs.model_outputs],
    "datasets": {
        item.dataset.name: [item.dataset.digest, {tag.key: tag.value for tag in item.tags}] for item in run.inputs.dataset_inputs
    },
}
out["series"] = [[point.step, point.value] for point in client.get_metric_history(version.run_id, "fold0_valid_auc")]
out["logged"] = {
    "status": str(logged.status.name),
    "versions": logged.tags.get("mlflow.modelVersions"),
    "metrics": sorted([metric.key, metric.dataset_name] for metric in logged.metrics),
}


def files(path=None):
    for item in client.list_artifacts(version.run_id, path):
        yield from files(item.path) if item.is_dir else [item.path]


out["files"] = sorted(files())
out["version"] = {"number": version.version, "tags": version.tags, "run": version.run_id}
found = client.search_runs([run.info.experiment_id], run_view_type=1)
out["newest"] = found[0].info.run_id == run.info.run_id
children = [child for child in found if "mlflow.parentRunId" in child.data.tags]
out["runs"] = len(found) - len(children)


def history(run_id, key):
    return [[point.step, point.value, point.timestamp] for point in client.get_metric_history(run_id, key)]


out["children"] = [
    {
        "name": child.info.run_name,
        "status": child.info.status,
        "parent": child.data.tags["mlflow.parentRunId"] == run.info.run_id,
        "params": child.data.params,
        "metrics": child.data.metrics,
        "points": len(history(child.info.run_id, "valid_auc")),
    }
    for child in found
    if child in children
]
out["system"] = {key: history(version.run_id, key) for key in run.data.metrics if key.startswith("system/")}


def table(path):
    frame = client.load_table(run.info.experiment_id, path, run_ids=[version.run_id]).astype(object)
    return frame.where(frame.notna(), None)


out["gate_table"] = table("tables/gate_rules.json").drop(columns="waived by").to_dict("list")
out["stage_table"] = table("tables/stages.json")[["stage", "outcome", "made by run"]].values.tolist()
out["lock"] = mlflow.artifacts.load_text(f"runs:/{version.run_id}/sluice.lock")
out["config"] = mlflow.artifacts.load_dict(f"runs:/{version.run_id}/config.json")
print(json.dumps(out))
