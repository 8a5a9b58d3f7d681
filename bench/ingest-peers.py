"""CSV to Parquet by other means: python ingest-peers.py duckdb|duckdb-sorted|polars DIR THREADS. Prints one JSON line.

duckdb and polars guess the types and keep the order; duckdb-sorted sorts by client as the ingest stage does. Both write zstd, as the stage.
"""
import glob
import json
import os
import resource
import shutil
import sys
import tempfile
import time

engine, folder, threads = sys.argv[1], sys.argv[2], sys.argv[3]
os.environ["POLARS_MAX_THREADS"] = threads
out = tempfile.mkdtemp(prefix="sluice-bench-peer-")
files = sorted(glob.glob(os.path.join(folder, "*.csv")))
start = time.perf_counter()

if engine.startswith("duckdb"):
    import duckdb

    db = duckdb.connect(config={"threads": threads, "memory_limit": "2304MB", "temp_directory": os.path.join(out, "spill")})
    for path in files:
        name = os.path.basename(path)[:-4]
        key = "SK_ID_BUREAU" if name == "bureau_balance" else "SK_ID_CURR"
        order = f"order by {key}" if engine == "duckdb-sorted" else ""
        db.execute(f"copy (select * from read_csv('{path}') {order}) to '{out}/{name}.parquet' (format parquet, compression zstd)")
else:
    import polars as pl

    for path in files:
        name = os.path.basename(path)[:-4]
        pl.scan_csv(path, infer_schema_length=100_000).sink_parquet(os.path.join(out, name + ".parquet"), compression="zstd")

usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "engine": engine,
    "wallS": time.perf_counter() - start,
    "cpuS": usage.ru_utime + usage.ru_stime,
    "peakMb": usage.ru_maxrss / 1024,
}))
shutil.rmtree(out)
