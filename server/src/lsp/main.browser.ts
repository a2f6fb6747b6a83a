import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { Catalogs } from '../host/catalogs.ts';
import { version } from '../host/version.ts';
import { Gate } from './gate.ts';
import { startServer } from './server.ts';

const writer = new BrowserMessageWriter(self);
const connection = createConnection(new Gate(new BrowserMessageReader(self), writer), writer);
startServer(connection, { version, catalogs: new Catalogs(), files: undefined });
