/** How a Python colleague gets the raw and the calibrated probability, and the decision. */
export function pythonSnippet(modelName: string): string {
  return `\`\`\`python
import json, mlflow                          # with MLFLOW_TRACKING_URI set
uri = "models:/${modelName}@champion"
model = mlflow.pyfunc.load_model(uri)
columns = model.metadata.get_input_schema().input_names()
inputs = frame[columns].astype("float64")    # NaN for missing values
p = model.predict(inputs)                    # probability of default before calibration
pd_calibrated = model.predict(inputs, params={"calibrated": True})
folder = mlflow.artifacts.download_artifacts(uri)
refuse = pd_calibrated >= json.load(open(folder + "/decision.json"))["threshold"]
\`\`\``;
}
