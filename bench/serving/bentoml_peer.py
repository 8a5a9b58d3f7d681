"""The same booster behind BentoML, one worker. MODEL names its file."""

import os

import bentoml
import numpy as np
import xgboost as xgb


@bentoml.service(workers=1, traffic={"timeout": 60})
class Peer:
    def __init__(self) -> None:
        self.booster = xgb.Booster(model_file=os.environ["MODEL"])
        self.booster.set_param({"nthread": 1})
        self.rows = np.random.default_rng(7).normal(size=(1000, self.booster.num_features())).astype(np.float32)

    @bentoml.api(route="/v1/score")
    def score(self, id: int) -> dict:
        row = self.rows[id % len(self.rows)].reshape(1, -1)
        return {"id": id, "probability": float(self.booster.inplace_predict(row, validate_features=False)[0])}

    @bentoml.api(route="/v1/explain")
    def explain(self, id: int) -> dict:
        row = xgb.DMatrix(self.rows[id % len(self.rows)].reshape(1, -1), feature_names=self.booster.feature_names)
        return {"id": id, "contributions": self.booster.predict(row, pred_contribs=True)[0].tolist()}
