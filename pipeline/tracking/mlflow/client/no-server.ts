/**
 * Handed out where the embedded server could not be started: on the discard port nothing listens, and whatever answers on the port that it would have had
 * is not it. Nobody waits for this one.
 */
export const NO_SERVER = 'http://127.0.0.1:9/no-mlflow-server';
