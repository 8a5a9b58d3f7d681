import { FileStore } from './file-store.ts';
import { describeStoreContract } from './testing/store-contract.ts';

describeStoreContract('FileStore', (artifactsDir) => ({ store: new FileStore(artifactsDir), again: () => new FileStore(artifactsDir) }));
