import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { listen } from './server.ts';

listen(createConnection(ProposedFeatures.all));
