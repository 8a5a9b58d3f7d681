/** How a Python colleague gets the raw and the calibrated probability; the formulas are those of stages/calibrate. */
export function pythonSnippet(modelName: string): string {
  return `\`\`\`python
import json, mlflow, numpy as np            # with MLFLOW_TRACKING_URI set
uri = "models:/${modelName}@champion"
model = mlflow.pyfunc.load_model(uri)
columns = model.metadata.get_input_schema().input_names()
p = np.asarray(model.predict(frame[columns].astype("float64")), float)   # raw probability of default; NaN for missing values
folder = mlflow.artifacts.download_artifacts(uri)
c = json.load(open(folder + "/calibrator.json"))
q = np.clip(p, 2**-52, 1 - 2**-52); sigmoid = lambda x: 1 / (1 + np.exp(-x))
pd_calibrated = {
    "none": lambda: p,
    "platt": lambda: sigmoid(c["a"] * (np.log(q) - np.log1p(-q)) + c["b"]),
    "beta": lambda: sigmoid(c["a"] * np.log(q) - c["b"] * np.log1p(-q) + c["c"]),
    "isotonic": lambda: np.interp(p, c["x"], c["y"]),
}[c["method"]]()
refuse = pd_calibrated >= json.load(open(folder + "/decision.json"))["threshold"]
\`\`\``;
}
