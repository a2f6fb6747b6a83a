import { endSessions } from './session.ts';

export const mochaHooks = { afterAll: endSessions };
