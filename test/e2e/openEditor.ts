// Opens a copy of a folder in the real VS Code with the packaged extension, for a browser of your own, until Ctrl+C.
import { once } from 'node:events';
import { resolve } from 'node:path';
import { endSessions, Session } from './harness/session.ts';

const folder = resolve(process.argv[2] ?? 'examples');
console.log('Installing VS Code for the browser, once; this takes about half a minute the first time');
const session = await Session.start({ fixture: folder, host: 'node' });
console.log(`\nOpen ${session.url}\nThe workspace is a copy of ${folder}. Ctrl+C ends it`);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await session.stop();
await endSessions();
