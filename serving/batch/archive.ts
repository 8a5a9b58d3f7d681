/** Kaggle's tables as they are downloaded: read as a folder that has nothing else. */
export const ARCHIVE = /\.zip$/i;
