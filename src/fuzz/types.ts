import type fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import type { Brain } from '../brain.ts';
import type { TextFile } from '../knowledge/index.ts';

/** What is thrown at, and how to see that it broke. */
export interface Target {
  readonly name: string;
  /** Cases in one run of the property. */
  readonly weight: number;
  /** Its share of all cases. */
  readonly share: number;
  readonly property: fc.IAsyncPropertyWithHooks<[unknown]>;
}

/** A running bot to throw things at. It listens on this machine only. */
export interface Prey {
  readonly server: FastifyInstance;
  readonly port: number;
  readonly brain: Brain;
  /** Knowledge files, and with them dialogs and locales. */
  readonly files: readonly TextFile[];
}

/** Something broke: a crash, a 5xx, a reply that is none. The message says what. */
export class Broken extends Error {
  override readonly name = 'Broken';
}
