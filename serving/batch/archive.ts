/** Kaggle's tables as they are downloaded: read by themselves. */
export const ARCHIVE = /\.zip$/i;
