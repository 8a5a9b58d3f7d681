"""The same work from MLflow's own client: `--way python`, the batches alone, on runs that are there already;
`--way python_sweep`, all of the sweep, as somebody writes it who knows that points are best sent in batches."""
import argparse
import json
import resource
import time

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric

parser = argparse.ArgumentParser()
for name, kind in {"way": str, "trials": int, "rounds": int, "metrics": int, "uri": str, "salt": str}.items():
    parser.add_argument(f"--{name}", type=kind)
options = parser.parse_args()
client = MlflowClient(options.uri)
now = int(time.time() * 1000)
points = [
    [
        Metric(f"metric_{metric}", 1 / (1 + step + metric + trial), now, step)
        for step in range(options.rounds)
        for metric in range(options.metrics)
    ]
    for trial in range(options.trials)
]


def log(run_id, metrics):
    for at in range(0, len(metrics), 1000):
        client.log_batch(run_id, metrics=metrics[at : at + 1000])


def batches():
    experiment = client.create_experiment(options.salt)
    runs = [client.create_run(experiment, run_name=f"trial {trial}").info.run_id for trial in range(options.trials)]
    start = time.perf_counter()
    for run_id, metrics in zip(runs, points):
        log(run_id, metrics)
    return time.perf_counter() - start


def sweep():
    mlflow.set_tracking_uri(options.uri)
    start = time.perf_counter()
    mlflow.set_experiment(options.salt)
    with mlflow.start_run(run_name="a sweep"):
        for trial, metrics in enumerate(points):
            with mlflow.start_run(run_name=f"trial {trial}", nested=True) as run:
                mlflow.set_tag("sluice.trial", trial)
                mlflow.log_params({"eta": 0.01 * trial, "trial": trial})
                log(run.info.run_id, metrics)
    return time.perf_counter() - start


seconds = sweep() if options.way == "python_sweep" else batches()
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime}))
