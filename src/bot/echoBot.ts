import { ActivityHandler } from 'botbuilder';

/** The SDK's own first example: says what it hears. What a turn of {@link ChatBot} costs is measured beside it. */
export class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMembersAdded(async (context, next) => {
      await context.sendActivity('hello');
      await next();
    });
    this.onMessage(async (context, next) => {
      await context.sendActivity(`Echo: ${context.activity.text}`);
      await next();
    });
  }
}
