"""What bench/train does, in Python with the same library. Usage: peer.py TASK LIBRARY REQUEST.json; prints one JSON line."""

import hashlib
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

task, library, request_file = sys.argv[1:4]
request = json.loads(Path(request_file).read_text())
folder, rows, columns = Path(request["folder"]), request["rows"], request["columns"]
names = [f"f{at}" for at in range(columns)]
params, rounds, threads = request["params"][library], request["rounds"], request["threads"]
model_file = folder / f"python.{library}"


def read(count):
    return np.fromfile(folder / "data.f32", dtype=np.float32, count=count * columns).reshape(count, columns)


def label():
    return np.fromfile(folder / "label.f32", dtype=np.float32)


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_mb():
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def train():
    data, target = read(rows), label()
    started, before = time.perf_counter(), cpu()
    if library == "xgboost":
        import xgboost as xgb

        matrix = xgb.QuantileDMatrix(data, label=target, feature_names=names, max_bin=params["max_bin"], nthread=threads)
        booster = xgb.Booster({**params, "nthread": threads}, [matrix])
        for at in range(rounds):
            booster.update(matrix, at)
        booster.save_model(folder / "python.ubj")
        model = (folder / "python.ubj").read_bytes()
    else:
        import lightgbm as lgb

        own = {**params, "num_threads": threads}
        booster = lgb.Booster(own, lgb.Dataset(data, label=target, feature_name=names, params=own))
        for _ in range(rounds):
            booster.update()
        booster.save_model(folder / "python.txt")
        # The text holds the number of threads, which a model of ours does not.
        model = (folder / "python.txt").read_text().replace(f"[num_threads: {threads}]", "[num_threads: 0]").encode()
    return {"wallS": time.perf_counter() - started, "cpuS": cpu() - before, "sha256": hashlib.sha256(model).hexdigest()}


def shap():
    count = request["shapRows"]
    data = read(count)
    if library == "xgboost":
        import xgboost as xgb

        booster = xgb.Booster({"nthread": threads}, model_file=folder / "python.ubj")
        started, before = time.perf_counter(), cpu()
        values = booster.predict(xgb.DMatrix(data, feature_names=names, nthread=threads), pred_contribs=True)
    else:
        import lightgbm as lgb

        booster = lgb.Booster(model_file=folder / "python.txt")
        started, before = time.perf_counter(), cpu()
        values = booster.predict(data, pred_contrib=True, num_threads=threads).astype(np.float32)
    wall, used = time.perf_counter() - started, cpu() - before
    return {"wallS": wall, "cpuS": used, "rows": count, "sha256": hashlib.sha256(values.tobytes()).hexdigest()}


answer = {"train": train, "shap": shap}[task]()
print(json.dumps({**answer, "peakMb": peak_mb()}))
