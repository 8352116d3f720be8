/** `npm run campaign -- poster-gent-2026 [--lang fr]`: the link and the QR code (SVG, PNG) of a campaign, per language. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CAMPAIGN } from '../bot/index.ts';
import { ConfigError, readConfig } from '../config.ts';
import { campaignLink, dayOf, hourOf, insightChoice, openInsights, qrPng, qrSvg } from '../insights/index.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { readCall, WRONG_CALL } from './call.ts';
import { describeProblem, ROOT } from './open.ts';

const USE = `Use: npm run campaign -- poster-gent-2026 [--lang fr] [--out folder]
The name has 2 to 40 small letters, figures and dashes. Without --lang: every language. PUBLIC_URL is the address of the chatbot.`;

function fail(message: string, code = 1): never {
  console.error(message);
  process.exit(code);
}

const { values, positionals } = readCall(
  USE,
  { lang: { type: 'string' }, out: { type: 'string', default: 'campaigns' } },
  1,
);
const [name = ''] = positionals;
if (!CAMPAIGN.test(name)) fail(USE, WRONG_CALL);

try {
  const config = readConfig(process.env);
  if (config.PUBLIC_URL === undefined)
    fail(
      'PUBLIC_URL is missing. For example: PUBLIC_URL=https://chat.example.org npm run campaign -- poster',
    );
  const loaded = await loadKnowledge(ROOT);
  if (!loaded.ok) fail(loaded.problems.map(describeProblem).join('\n'));
  const { locales } = loaded.knowledge;
  if (values.lang !== undefined && !locales.includes(values.lang))
    fail(`There is no language ${values.lang}. There are: ${locales.join(', ')}.`);

  const store = await openInsights(insightChoice(config, resolve(ROOT, config.DATA_DIR)));
  const added = await store.addCampaign({ name, added: dayOf(hourOf(Date.now())) });
  await store.close();
  console.log(added ? `${name} is counted from now on.` : `${name} is counted already.`);
  await mkdir(values.out, { recursive: true });
  for (const locale of values.lang === undefined ? locales : [values.lang]) {
    const link = campaignLink(config.PUBLIC_URL, name, locale);
    const file = join(values.out, `${name}.${locale}`);
    await writeFile(`${file}.svg`, await qrSvg(link));
    await writeFile(`${file}.png`, await qrPng(link));
    console.log(`${link}\n  ${file}.svg\n  ${file}.png`);
  }
  console.log('Results: /insights/campaigns, from five chats on.');
} catch (error) {
  if (error instanceof ConfigError) fail(error.message);
  throw error;
}
