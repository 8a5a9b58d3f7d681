"""What MLflow's own client reads of a run that was written through ours. Prints one JSON object; knows nothing of Sluice."""
import hashlib
import json
import os
import sys
import tempfile

import mlflow
from mlflow.data import get_source

uri, run_id = sys.argv[1:3]
mlflow.set_tracking_uri(uri)
client = mlflow.MlflowClient()
run = client.get_run(run_id)
experiment = client.get_experiment(run.info.experiment_id)


def files(path=None):
    for item in client.list_artifacts(run_id, path):
        yield from files(item.path) if item.is_dir else [item.path]


def digest(path):
    with tempfile.TemporaryDirectory() as folder:
        local = client.download_artifacts(run_id, path, folder)
        with open(local, "rb") as file:
            return [os.path.getsize(local), hashlib.file_digest(file, "sha256").hexdigest()]


print(
    json.dumps(
        {
            "experiment": experiment.name,
            "info": [run.info.run_name, run.info.user_id, run.info.start_time, run.info.end_time, run.info.status],
            "params": run.data.params,
            "tags": run.data.tags,
            "last": run.data.metrics,
            "series": {
                key: [[point.step, point.value, point.timestamp] for point in client.get_metric_history(run_id, key)]
                for key in run.data.metrics
            },
            "datasets": [
                [
                    item.dataset.name,
                    item.dataset.digest,
                    {tag.key: tag.value for tag in item.tags}.get("mlflow.data.context"),
                    type(get_source(item)).__name__,
                    get_source(item).to_dict(),
                ]
                for item in run.inputs.dataset_inputs
            ],
            "files": {path: digest(path) for path in files()},
        }
    )
)
