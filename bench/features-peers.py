"""Aggregates of bureau, previous_application and installments_payments by client: python features-peers.py ENGINE DIR THREADS OUT SQL.

ENGINE is pandas, polars or duckdb; SQL is features-aggregates.sql, which states the aggregates and which duckdb runs. Writes them to OUT as Parquet and prints one JSON line.
"""
import json
import os
import resource
import sys
import time

engine, folder, threads, out = sys.argv[1:5]
os.environ["POLARS_MAX_THREADS"] = threads
path = lambda name: os.path.join(folder, name + ".parquet")
start = time.perf_counter()
before = resource.getrusage(resource.RUSAGE_SELF)

if engine == "duckdb":
    import duckdb

    db = duckdb.connect(config={"threads": threads})
    db.execute(f"copy ({open(sys.argv[5]).read().replace('$dir', folder)}) to '{out}' (format parquet)")
elif engine == "polars":
    import polars as pl

    bureau = pl.scan_parquet(path("bureau"))
    c = pl.col
    active = c("CREDIT_ACTIVE") == "Active"
    b = bureau.group_by("SK_ID_CURR").agg(
        pl.len().alias("bureau_count"), c("DAYS_CREDIT").mean().alias("bureau_opened_mean"), c("AMT_CREDIT_SUM").max().alias("bureau_credit_max"),
        c("AMT_CREDIT_SUM").mean().alias("bureau_credit_mean"), c("AMT_CREDIT_SUM_DEBT").max().alias("bureau_debt_max"),
        c("DAYS_CREDIT").filter(active).max().alias("bureau_active_opened_max"))
    approved = c("NAME_CONTRACT_STATUS") == "Approved"
    p = pl.scan_parquet(path("previous_application")).group_by("SK_ID_CURR").agg(
        pl.len().alias("previous_count"), c("AMT_ANNUITY").max().alias("previous_annuity_max"), c("AMT_ANNUITY").mean().alias("previous_annuity_mean"),
        c("AMT_CREDIT").mean().alias("previous_credit_mean"), c("AMT_CREDIT").filter(approved).mean().alias("previous_approved_credit_mean"))
    i = pl.scan_parquet(path("installments_payments")).group_by("SK_ID_CURR", "SK_ID_PREV", "NUM_INSTALMENT_NUMBER").agg(
        c("DAYS_INSTALMENT").min().alias("due"), c("DAYS_ENTRY_PAYMENT").max().alias("paid_on"), c("AMT_INSTALMENT").max().alias("owed")
    ).with_columns(late=(c("paid_on") - c("due")).clip(0)).group_by("SK_ID_CURR").agg(
        pl.len().alias("inst_count"), c("late").max().alias("inst_late_max"), c("late").mean().alias("inst_late_mean"),
        c("owed").max().alias("inst_owed_max"), c("late").filter(c("due") >= -365).max().alias("inst_last365_late_max"))
    clients = pl.concat([pl.scan_parquet(path(n)).select("SK_ID_CURR") for n in ("application_train", "application_test")])
    for t in (b, p, i):
        clients = clients.join(t, on="SK_ID_CURR", how="left")
    clients.sort("SK_ID_CURR").collect().write_parquet(out)
else:
    import pandas as pd

    read = lambda name, columns: pd.read_parquet(path(name), columns=["SK_ID_CURR", *columns])
    bureau = read("bureau", ["DAYS_CREDIT", "AMT_CREDIT_SUM", "AMT_CREDIT_SUM_DEBT", "CREDIT_ACTIVE"])
    bureau["active_opened"] = bureau["DAYS_CREDIT"].where(bureau["CREDIT_ACTIVE"] == "Active")
    b = bureau.groupby("SK_ID_CURR").agg(
        bureau_count=("DAYS_CREDIT", "size"), bureau_opened_mean=("DAYS_CREDIT", "mean"), bureau_credit_max=("AMT_CREDIT_SUM", "max"),
        bureau_credit_mean=("AMT_CREDIT_SUM", "mean"), bureau_debt_max=("AMT_CREDIT_SUM_DEBT", "max"), bureau_active_opened_max=("active_opened", "max"))
    previous = read("previous_application", ["NAME_CONTRACT_STATUS", "AMT_ANNUITY", "AMT_CREDIT"])
    previous["approved_credit"] = previous["AMT_CREDIT"].where(previous["NAME_CONTRACT_STATUS"] == "Approved")
    p = previous.groupby("SK_ID_CURR").agg(
        previous_count=("AMT_CREDIT", "size"), previous_annuity_max=("AMT_ANNUITY", "max"), previous_annuity_mean=("AMT_ANNUITY", "mean"),
        previous_credit_mean=("AMT_CREDIT", "mean"), previous_approved_credit_mean=("approved_credit", "mean"))
    rows = read("installments_payments", ["SK_ID_PREV", "NUM_INSTALMENT_NUMBER", "DAYS_INSTALMENT", "DAYS_ENTRY_PAYMENT", "AMT_INSTALMENT"])
    rows = rows.groupby(["SK_ID_CURR", "SK_ID_PREV", "NUM_INSTALMENT_NUMBER"], as_index=False).agg(
        due=("DAYS_INSTALMENT", "min"), paid_on=("DAYS_ENTRY_PAYMENT", "max"), owed=("AMT_INSTALMENT", "max"))
    rows["late"] = (rows["paid_on"] - rows["due"]).clip(lower=0)
    rows["late_year"] = rows["late"].where(rows["due"] >= -365)
    i = rows.groupby("SK_ID_CURR").agg(
        inst_count=("due", "size"), inst_late_max=("late", "max"), inst_late_mean=("late", "mean"), inst_owed_max=("owed", "max"),
        inst_last365_late_max=("late_year", "max"))
    clients = pd.concat([read("application_train", []), read("application_test", [])]).set_index("SK_ID_CURR")
    clients.join([b, p, i]).sort_index().reset_index().to_parquet(out)

usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "engine": engine,
    "wallS": time.perf_counter() - start,
    "cpuS": usage.ru_utime + usage.ru_stime - before.ru_utime - before.ru_stime,
    "peakMb": usage.ru_maxrss / 1024,
}))
