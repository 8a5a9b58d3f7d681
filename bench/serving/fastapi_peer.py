"""The same booster behind FastAPI: the booster called on a NumPy row, nothing else done. MODEL names its file."""

import os

import numpy as np
import xgboost as xgb
from fastapi import FastAPI
from pydantic import BaseModel

booster = xgb.Booster(model_file=os.environ["MODEL"])
booster.set_param({"nthread": 1})
ROWS = np.random.default_rng(7).normal(size=(1000, booster.num_features())).astype(np.float32)
app = FastAPI()


class Applicant(BaseModel):
    id: int


@app.get("/health")
async def health():
    return {"status": "ok"}


@app.post("/v1/score")
async def score(applicant: Applicant):
    row = ROWS[applicant.id % len(ROWS)].reshape(1, -1)
    return {"id": applicant.id, "probability": float(booster.inplace_predict(row, validate_features=False)[0])}


@app.post("/v1/explain")
async def explain(applicant: Applicant):
    row = xgb.DMatrix(ROWS[applicant.id % len(ROWS)].reshape(1, -1), feature_names=booster.feature_names)
    return {"id": applicant.id, "contributions": booster.predict(row, pred_contribs=True)[0].tolist()}
