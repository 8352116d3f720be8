import Fastify, { type FastifyInstance } from 'fastify';
import { createBotRunner, type Observe, type RunBot } from '../bot/index.ts';
import type { Brain } from '../brain.ts';
import { registerDirectLine } from '../channels/directline/index.ts';
import type { Config } from '../config.ts';
import { registerEditor } from '../editor/index.ts';
import type { InsightStore } from '../insights/index.ts';
import type { KnowledgeStatus } from '../live/index.ts';
import { registerPreview } from '../preview/index.ts';
import { FileRoster, membersFromEnvironment, registerStaff } from '../staff/index.ts';
import type { ConversationStore } from '../storage/index.ts';
import { registerAzureChannel } from './azureChannel.ts';
import { registerCounting } from './counting.ts';
import { answerUnreadable, registerErrors } from './errors.ts';
import { registerHeaders } from './headers.ts';
import { knowledgeCheck, registerHealth, storeCheck } from './health.ts';
import { knowledgeDetails } from './knowledgeHealth.ts';
import { type LogStream, loggingOptions } from './logging.ts';
import { createObservability } from './observability.ts';
import { registerPage } from './page.ts';
import { keepUp } from './upkeep.ts';

export interface ServerDeps {
  readonly brain: Brain;
  /** Handles activities; the chatbot, where no other bot is measured. */
  readonly runBot?: RunBot;
  readonly config: Config;
  readonly store: ConversationStore;
  readonly tokenSecret: string;
  /** Folder of the project, whose `knowledge/` staff edit. */
  readonly root: string;
  /** Folder of what this instance keeps: the list of staff. */
  readonly dataFolder: string;
  /** Folder of the built page; a server without it serves the channel alone. */
  readonly pageFolder: string;
  readonly now: () => number;
  /** State of the knowledge, for `/health`; a bot whose files never change has none. */
  readonly knowledgeStatus?: () => KnowledgeStatus;
  /** Takes who wants to hear of every change of that state. */
  readonly onKnowledge?: (listener: (status: KnowledgeStatus) => void) => void;
  /** Where log lines go; standard output by default. */
  readonly logStream?: LogStream;
  /** Where counts are kept; without it nothing is counted for staff. */
  readonly insights?: InsightStore;
  /** Those who count what happens: insights, metrics. */
  readonly observers?: readonly Observe[];
}

const MAX_BODY = 256_000;
/** Milliseconds. */
const MAX_REQUEST_TIME = 30_000;

/** Builds the server: security headers, the channel, the page, health. Listening is the caller's work. */
export async function createServer(deps: ServerDeps): Promise<FastifyInstance> {
  const { brain, config } = deps;
  const { watch, watchers } = await createObservability(config);
  const store = watch(deps.store);
  const observers = [...watchers.map((watcher) => watcher.observe), ...(deps.observers ?? [])];
  const observe: Observe = (events) => {
    for (const told of observers) told(events);
  };
  const runBot = deps.runBot ?? createBotRunner(brain);
  const server = Fastify({
    ...loggingOptions(config, deps.logStream),
    bodyLimit: MAX_BODY,
    trustProxy: config.TRUST_PROXY.length > 0 ? [...config.TRUST_PROXY] : false,
    // Somebody who sends a request drop by drop must not hold a connection for ever.
    requestTimeout: MAX_REQUEST_TIME,
    frameworkErrors: answerUnreadable,
    // Requests under way are answered before the server stops.
    forceCloseConnections: 'idle',
  });
  registerErrors(server);
  await registerHeaders(server, config.ALLOWED_ORIGINS);
  for (const watcher of watchers) watcher.register(server, () => streams.count);
  const streams = await registerDirectLine(server, {
    brain,
    runBot,
    store,
    tokenSecret: deps.tokenSecret,
    previousTokenSecret: config.TOKEN_SECRET_PREVIOUS,
    secret: config.DIRECTLINE_SECRET,
    allowedOrigins: config.ALLOWED_ORIGINS,
    sessionMinutes: config.SESSION_MINUTES,
    limits: {
      requestsPerVisitor: config.VISITOR_RATE_LIMIT,
      requestsPerAddress: config.RATE_LIMIT,
      conversationsPerAddress: config.CONVERSATIONS_PER_ADDRESS,
      socketsPerAddress: config.SOCKETS_PER_ADDRESS,
      sockets: config.MAX_SOCKETS,
    },
    now: deps.now,
    observe,
  });
  const staff = await registerStaff(server, {
    brain,
    roster: new FileRoster(deps.dataFolder, membersFromEnvironment(config.STAFF_TOKEN_HASHES)),
    secret: deps.tokenSecret,
    now: deps.now,
  });
  if (deps.insights) {
    observers.push(
      await registerCounting(server, {
        brain,
        staff,
        store: deps.insights,
        root: deps.root,
        publicUrl: config.PUBLIC_URL,
        now: deps.now,
      }),
    );
  }
  await registerAzureChannel(server, config, {
    brain,
    runBot,
    store,
    secret: deps.tokenSecret,
    now: deps.now,
    observe,
  });
  await registerPreview(server, { brain, staff, pageFolder: deps.pageFolder, root: deps.root });
  registerEditor(server, { brain, staff, root: deps.root, now: deps.now, git: config.EDITOR_GIT });
  deps.onKnowledge?.(({ state }) => {
    for (const { onReload } of watchers) onReload?.(state);
  });
  registerHealth(
    server,
    [storeCheck(store), knowledgeCheck(() => brain.knowledge, deps.knowledgeStatus)],
    deps.knowledgeStatus && knowledgeDetails(deps.knowledgeStatus),
  );
  await registerPage(server, brain, config, deps.pageFolder);
  await keepUp(server, store);
  return server;
}
