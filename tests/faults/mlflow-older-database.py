"""Makes the database that MLflow 2.22 would have left, by MLflow's own migrations up to its last one, with a run in it."""
import sys

from alembic import command
from mlflow.store.db.utils import _get_alembic_config, create_sqlalchemy_engine
from mlflow.store.tracking.dbmodels.initial_models import Base
from sqlalchemy import text

uri, artifacts = sys.argv[1:]
engine = create_sqlalchemy_engine(uri)
Base.metadata.create_all(engine)
config = _get_alembic_config(uri)
with engine.begin() as connection:
    config.attributes["connection"] = connection
    # The last one before logged models came with 3.0.
    command.upgrade(config, "0584bdc529eb")
run = "a" * 32
rows = {
    "experiments": "(7, 'old days', :artifacts, 'active', 1, 1)",
    "runs": "(:run, 'old run', 'LOCAL', '', '', 'ann', 'FINISHED', 1700000000000, 1700000001000, '', 'active', :artifacts, 7, null)",
    "metrics": "('auc', 0.75, 1700000000000, :run, 3, 0)",
    "latest_metrics": "('auc', 0.75, 1700000000000, 3, 0, :run)",
    "params": "('eta', '0.3', :run)",
    "registered_models": "('old model', 1, 1, '')",
}
columns = {"latest_metrics": "(key, value, timestamp, step, is_nan, run_uuid)", "metrics": "(key, value, timestamp, run_uuid, step, is_nan)"}
with engine.begin() as connection:
    for table, values in rows.items():
        connection.execute(text(f"insert into {table} {columns.get(table, '')} values {values}"), {"run": run, "artifacts": artifacts})
