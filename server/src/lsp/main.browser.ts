import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { Catalogs } from '../host/catalogs.ts';
import { version } from '../host/version.ts';
import { startServer } from './server.ts';

/** The worker's own scope; TypeScript's library for workers would hide mistakes in the Node build. */
const scope = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope));
startServer(connection, { version, catalogs: new Catalogs(), files: undefined });
