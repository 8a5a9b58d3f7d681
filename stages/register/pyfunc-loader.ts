import { createHash } from 'node:crypto';
import type { PyfuncLoader } from '../../pipeline/index.ts';
import type { ModelFormat } from '../scoring/model/formats.ts';

/**
 * What travels with a model so that Python loads it without us. It has to give the numbers of `scoring/model/` and of
 * `calibrate/apply-calibrator.ts`: the same sums in the same order, inputs as float32, probabilities as float32.
 */
const SOURCE = String.raw`"""Loads a model that Sluice trained, for mlflow.pyfunc. Needs numpy, pandas and the library of the model, if it is of one.

predict(frame) gives the probability of default before calibration; predict(frame, params={"calibrated": True}) after it.
Columns are taken by name, in the model's order; more of them do not matter, a missing one is an error; NaN is a missing value.
"""

import json
import os

import numpy as np


def _load_pyfunc(path, model_config=None):
    return SluiceModel(path)


class SluiceModel:
    def __init__(self, path):
        self.folder = os.path.dirname(os.path.abspath(path))
        summary = self._read("summary.json") or {}
        kind = summary.get("format") or {".ubj": "xgboost-ubj", ".txt": "lightgbm-text"}.get(os.path.splitext(path)[1])
        if kind is None:
            with open(path, encoding="utf-8") as file:
                kind = json.load(file)["format"]
        self.features, self.score = OPENERS[kind](path)
        expected = summary.get("features")
        if expected is not None and list(expected) != list(self.features):
            raise ValueError("summary.json lists other features than " + os.path.basename(path))
        self.categories = {
            name: [code for code, level in enumerate(levels) if level["known"]]
            for name, levels in (summary.get("categories") or {}).items()
        }
        self.calibrator = self._read("calibrator.json")

    def predict(self, data, params=None):
        missing = [name for name in self.features if name not in data.columns]
        if missing:
            raise ValueError("the model needs columns that are not there: " + ", ".join(missing[:5]))
        frame = data[list(self.features)].astype("float32")
        for name, known in self.categories.items():
            # A category that it has not learnt is an unknown value to the model.
            frame[name] = frame[name].where(frame[name].isin(known))
        probability = np.asarray(self.score(frame), dtype="float32")
        if not (params or {}).get("calibrated", False):
            return probability
        if self.calibrator is None:
            raise ValueError("there is no calibrator.json beside the model")
        return calibrate(self.calibrator, probability.astype("float64"))

    def _read(self, name):
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            return None
        with open(path, encoding="utf-8") as file:
            return json.load(file)


def calibrate(calibrator, p):
    """none: p; platt: s(a*logit(p) + b); beta: s(a*ln(p) - b*ln(1-p) + c), s the logistic function; isotonic: linear between points."""
    method = calibrator["method"]
    if method == "none":
        return p
    if method == "isotonic":
        return np.interp(p, calibrator["x"], calibrator["y"])
    inside = np.clip(p, 2.0**-52, 1 - 2.0**-52)
    if method == "platt":
        return sigmoid(calibrator["a"] * (np.log(inside) - np.log1p(-inside)) + calibrator["b"])
    if method == "beta":
        return sigmoid(calibrator["a"] * np.log(inside) - calibrator["b"] * np.log1p(-inside) + calibrator["c"])
    raise ValueError("unknown calibration " + repr(method))


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def term_input(term, value):
    """What a term multiplies its coefficient with: 0 for the average row, never NaN."""
    unknown = np.isnan(value)
    if term["kind"] == "standard":
        found = np.clip((value - term["mean"]) / term["deviation"], -term["clip"], term["clip"])
        return np.where(unknown, 0.0, found)
    if term["kind"] == "missing":
        return (unknown - term["share"]) / np.sqrt(term["share"] * (1 - term["share"]))
    if term["kind"] == "woe":
        bins = np.searchsorted(np.asarray(term["edges"], dtype="float64"), value, side="right")
        woe = np.asarray(term["woe"] + [term["missing"]], dtype="float64")
        return woe[np.where(unknown, len(term["woe"]), np.minimum(bins, len(term["woe"]) - 1))] - term["mean"]
    raise ValueError("unknown term " + repr(term["kind"]))


def document(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def open_linear(path):
    model = document(path)

    def score(frame):
        values = frame.to_numpy(dtype="float64")
        margin = np.full(len(values), float(model["intercept"]))
        for term in model["terms"]:
            margin = margin + term["coefficient"] * term_input(term, values[:, term["feature"]])
        return 1 / (1 + np.exp(-margin))

    return model["features"], score


def open_mlp(path):
    model = document(path)

    def score(frame):
        values = frame.to_numpy(dtype="float64")
        inputs = [term_input(term, values[:, term["feature"]]) for term in model["inputs"]]
        rows = np.column_stack(inputs).astype("float32").astype("float64")
        for at, layer in enumerate(model["layers"]):
            biases = np.asarray(layer["biases"], dtype="float64")
            weights = np.asarray(layer["weights"], dtype="float64").reshape(-1, len(biases))
            rows = rows @ weights + biases
            if at < len(model["layers"]) - 1:
                rows = np.maximum(rows, 0)
        return 1 / (1 + np.exp(-rows[:, 0]))

    return model["features"], score


def open_dummy(path):
    model = document(path)
    return model["features"], lambda frame: np.full(len(frame), model["baseRate"])


def open_xgboost(path):
    import xgboost

    booster = xgboost.Booster(model_file=path)
    return booster.feature_names, lambda frame: booster.predict(xgboost.DMatrix(frame))


def open_lightgbm(path):
    import lightgbm

    booster = lightgbm.Booster(model_file=path)
    names = read_names(path) or booster.feature_name()
    return names, lambda frame: booster.predict(frame.to_numpy())


def read_names(path):
    """LightGBM's file has no room for a name with a space: summary.json has them as they are."""
    summary = os.path.join(os.path.dirname(os.path.abspath(path)), "summary.json")
    return document(summary)["features"] if os.path.exists(summary) else None


OPENERS = {
    "logistic-json": open_linear,
    "scorecard-json": open_linear,
    "mlp-json": open_mlp,
    "dummy-json": open_dummy,
    "xgboost-ubj": open_xgboost,
    "lightgbm-text": open_lightgbm,
}
`;

/** ml-xgboost's file is of a release that no Python package reads. */
const UNREADABLE: ReadonlySet<ModelFormat> = new Set(['ml-xgboost-json']);

/** The loader for a model of a format; undefined where Python has none. Its name holds its sha256: two versions may live in one process. */
export function pyfuncLoader(format: ModelFormat): PyfuncLoader | undefined {
  if (UNREADABLE.has(format)) return undefined;
  const sha256 = createHash('sha256').update(SOURCE).digest('hex');
  return { module: `sluice_model_${sha256.slice(0, 16)}`, source: SOURCE, sha256 };
}
