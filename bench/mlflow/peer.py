"""The batches of mlflow.ts from MLflow's own client, on runs that are there already."""
import argparse
import json
import resource
import time

from mlflow import MlflowClient
from mlflow.entities import Metric

parser = argparse.ArgumentParser()
for name, kind in {"trials": int, "rounds": int, "metrics": int, "uri": str, "salt": str}.items():
    parser.add_argument(f"--{name}", type=kind)
options = parser.parse_args()
client = MlflowClient(options.uri)
experiment = client.create_experiment(options.salt)
now = int(time.time() * 1000)
runs = [client.create_run(experiment, run_name=f"trial {trial}").info.run_id for trial in range(options.trials)]
batches = [
    [
        Metric(f"metric_{metric}", 1 / (1 + step + metric + trial), now, step)
        for step in range(options.rounds)
        for metric in range(options.metrics)
    ]
    for trial in range(options.trials)
]
start = time.perf_counter()
for run, points in zip(runs, batches):
    for at in range(0, len(points), 1000):
        client.log_batch(run, metrics=points[at : at + 1000])
seconds = time.perf_counter() - start
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime}))
