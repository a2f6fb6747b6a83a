import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { Catalogs } from '../host/catalogs.ts';
import { version } from '../host/version.ts';
import { startServer } from './server.ts';

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
startServer(connection, { version, catalogs: new Catalogs(), files: undefined });
